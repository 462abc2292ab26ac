/** `/actions/actions`: the drafts an author works on. A build runs on after the answer. */
import type { Dependency } from '@interlock/runtime'
import type { Action } from '../../../actions/action.ts'
import type { ActionEdit, ActionStore } from '../../../actions/action-store.ts'
import type { DeployDraft } from '../../../actions/deploy-draft.ts'
import type { DraftBuilder } from '../../../actions/draft-builder.ts'
import { type SealedSecret, sealSecret } from '../../../actions/secret.ts'
import { triggerId } from '../../../actions/trigger.ts'
import type { Vault } from '../../../crypto/vault.ts'
import type { Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { invalidBody } from '../../wire-problem.ts'
import { actionList, actionListOf, toPage } from '../paging.ts'
import { action as actionAnswer } from './action-answer.ts'
import { byAction, createAction, editAction, listActions, removeAction } from './action-schema.ts'
import { checkContentLimits } from './check-limits.ts'
import { nameTaken, overLimit, stillBound, unknownAction } from './refusals.ts'
import { type DependencyDeps, resolveDependencies } from './resolve-dependencies.ts'
import { toActionAnswer } from './to-action.ts'

export type ActionDeps = DependencyDeps & {
  actions: ActionStore
  builder: Pick<DraftBuilder, 'start'>
  deployDraft: DeployDraft
  vault: Pick<Vault, 'seal'>
  random: Pick<Random, 'uuid'>
  clock: Clock
}

const defaultRuntime = 'node22'

/** Source text in JSON may take twice its size and more. */
const bodyLimit = 4 * 1_024 * 1_024

interface SecretInput {
  name: string
  value?: string | undefined
}

const newSecret = (deps: ActionDeps, owner: { tenant: string; actionId: string }, secret: Required<SecretInput>) => ({
  name: secret.name,
  sealed: sealSecret(deps.vault, owner, { name: secret.name, value: secret.value ?? '' }),
  updatedAt: deps.clock.now(),
})

/** The list that replaces the action's own; what comes by name alone is taken over. */
const replaceSecrets = (
  deps: ActionDeps,
  { tenant, action }: { tenant: Tenant; action: Action },
  wanted: readonly SecretInput[],
): SealedSecret[] =>
  wanted.map(({ name, value }, index) => {
    if (value !== undefined) return newSecret(deps, { tenant: tenant.name, actionId: action.id }, { name, value })
    const kept = action.draft.secrets.find((secret) => secret.name === name)
    if (!kept) throw invalidBody('Missing required property: value', `secrets[${index}]`)
    return kept
  })

const createRoute = (app: Api, deps: ActionDeps) => {
  const { actions, builder, clock, random } = deps
  const schema = {
    summary: 'A new action',
    description: 'A build runs on after the answer: the status becomes built, or failed with errors.',
    body: createAction,
    response: { 201: actionAnswer },
    refuses: [409, 503],
  }
  const options = { bodyLimit, config: { scopes: ['create:actions'] }, schema }

  app.post('/actions/actions', options, async ({ tenant, body }, reply) => {
    checkContentLimits(tenant, body)
    const id = random.uuid()
    const { name, code = '', runtime = defaultRuntime, secrets = [] } = body
    const owner = { tenant: tenant.name, actionId: id }
    const sealed = secrets.map((secret) => newSecret(deps, owner, secret))
    const dependencies = await resolveDependencies(deps, tenant, { wanted: body.dependencies ?? [], known: [] })
    const most = effectiveLimits(tenant).actions
    const content = { name, code, runtime, secrets: sealed, dependencies, trigger: triggerId, createdAt: clock.now() }
    const result = await actions.create(tenant.name, { id, ...content }, most)
    if (result === 'name-taken') throw nameTaken(name)
    if (result === 'too-many') throw overLimit('actions', { found: most + 1, most, unit: 'actions' })
    const created = await actions.find(tenant.name, id)
    if (!created) throw unknownAction()
    builder.start(tenant, created)
    reply.code(201)
    const deployment = body.deploy ? await deps.deployDraft(tenant, id) : undefined
    if (!deployment) return toActionAnswer(created)
    return toActionAnswer('action' in deployment ? deployment.action : deployment.notBuilt)
  })
}

/** `undefined`: the draft keeps its own. */
const editedDependencies = async (
  deps: ActionDeps,
  tenant: Tenant,
  { id, wanted }: { id: string; wanted: readonly Dependency[] | undefined },
): Promise<Dependency[] | undefined> => {
  if (wanted === undefined) return undefined
  const action = await deps.actions.find(tenant.name, id)
  if (!action) throw unknownAction()
  return resolveDependencies(deps, tenant, { wanted, known: action.draft.dependencies })
}

const editRoute = (app: Api, deps: ActionDeps) => {
  const { actions, builder, clock } = deps
  const schema = {
    summary: 'Changes the draft of an action',
    description: 'What runs stays as it is until the draft is deployed.',
    params: byAction,
    body: editAction,
    response: { 200: actionAnswer },
    refuses: [409, 503],
  }
  const options = { bodyLimit, config: { scopes: ['update:actions'] }, schema }

  app.patch('/actions/actions/:id', options, async ({ tenant, params, body }) => {
    checkContentLimits(tenant, body)
    const { name, code, runtime, secrets } = body
    const dependencies = await editedDependencies(deps, tenant, { id: params.id, wanted: body.dependencies })
    const change = (action: Action): ActionEdit => ({
      ...(name !== undefined && { name }),
      ...(code !== undefined && { code }),
      ...(runtime !== undefined && { runtime }),
      ...(secrets !== undefined && { secrets: replaceSecrets(deps, { tenant, action }, secrets) }),
      ...(dependencies !== undefined && { dependencies }),
    })
    const edited = await actions.edit(tenant.name, params.id, { now: clock.now(), change })
    if (!edited) throw unknownAction()
    if (edited === 'name-taken') throw nameTaken(name ?? '')
    builder.start(tenant, edited)
    return toActionAnswer(edited)
  })
}

const readRoutes = (app: Api, { actions }: ActionDeps) => {
  const config = { scopes: ['read:actions'] }
  const listSchema = {
    summary: 'The actions',
    querystring: listActions,
    response: { 200: actionListOf('actions', actionAnswer) },
  }
  app.get('/actions/actions', { config, schema: listSchema }, async ({ tenant, query }) => {
    const { triggerId: trigger, actionName: name, deployed, installed } = query
    if (installed) return actionList({ key: 'actions', items: [], total: 0 }, query)
    const filter = {
      ...(trigger !== undefined && { trigger }),
      ...(name !== undefined && { name }),
      ...(deployed !== undefined && { deployed: deployed ? ('yes' as const) : ('no' as const) }),
    }
    const { items, total } = await actions.list(tenant.name, filter, toPage(query))
    return actionList({ key: 'actions', items: items.map(toActionAnswer), total }, query)
  })

  const oneSchema = { summary: 'One action', params: byAction, response: { 200: actionAnswer } }
  app.get('/actions/actions/:id', { config, schema: oneSchema }, async ({ tenant, params }) => {
    const action = await actions.find(tenant.name, params.id)
    if (!action) throw unknownAction()
    return toActionAnswer(action)
  })
}

const removeRoute = (app: Api, { actions }: ActionDeps) => {
  const schema = {
    summary: 'Takes an action away with all its versions',
    params: byAction,
    querystring: removeAction,
    response: { 204: noBody },
    refuses: [409],
  }
  const options = { config: { scopes: ['delete:actions'] }, schema }

  app.delete('/actions/actions/:id', options, async ({ tenant, params, query }, reply) => {
    const removed = await actions.remove(tenant.name, params.id, query.force ? 'go-too' : 'must-be-none')
    if (removed === 'unknown') throw unknownAction()
    if (removed === 'bound') throw stillBound()
    return reply.code(204).send()
  })
}

export const actionRoutes = (deps: ActionDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoute(app, deps)
  removeRoute(app, deps)
}
