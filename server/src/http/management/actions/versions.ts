/** Versions: making the draft live, listing what was live, and going back to it. */
import { z } from 'zod'
import type { Action } from '../../../actions/action.ts'
import type { ActionStore, ActionVersionStore } from '../../../actions/action-store.ts'
import { type DeployDraft, type DeploymentDeps, newDeployment } from '../../../actions/deploy-draft.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { actionList, actionListOf, toPage } from '../paging.ts'
import { actionVersion } from './action-answer.ts'
import { byAction, deployVersion, pageOfActions } from './action-schema.ts'
import { notBuilt, unknownAction, unknownVersion } from './refusals.ts'
import { toVersionAnswer } from './to-action.ts'

export type VersionDeps = DeploymentDeps & {
  actions: Pick<ActionStore, 'find'>
  versions: ActionVersionStore
  deployDraft: DeployDraft
}

const byVersion = z.object({ id: z.string(), version: z.string() })

const isLive = (action: Action, versionId: string) => (action.deployed?.id === versionId ? 'live' : 'not-live')

const deployRoutes = (app: Api, deps: VersionDeps) => {
  const { actions, versions } = deps
  const scopes = ['create:actions']

  // A deploy answers with the version as it was made, not live yet; the action shows it live from then on.
  const draftSchema = {
    summary: 'Makes the draft live',
    description: 'Waits for its build. What was live before stays in the list of versions.',
    params: byAction,
    response: { 200: actionVersion },
  }
  app.post('/actions/actions/:id/deploy', { config: { scopes }, schema: draftSchema }, async ({ tenant, params }) => {
    const deployment = await deps.deployDraft(tenant, params.id)
    if (!deployment) throw unknownAction()
    if ('notBuilt' in deployment) throw notBuilt(deployment.notBuilt.draft)
    return toVersionAnswer(deployment.version, deployment.action, 'not-live')
  })

  const copySchema = {
    summary: 'Goes back to a version',
    description: 'A new version with its content goes live; with update_draft it becomes the draft too.',
    params: byVersion,
    body: deployVersion,
    response: { 200: actionVersion },
  }
  const copyOptions = { config: { scopes }, schema: copySchema }
  app.post('/actions/actions/:id/versions/:version/deploy', copyOptions, async ({ tenant, params, body }) => {
    const before = await actions.find(tenant.name, params.id)
    if (!before) throw unknownAction()
    const version = await versions.deployCopy(tenant.name, params.id, {
      ...(await newDeployment(deps, tenant, before)),
      of: params.version,
      draft: body.update_draft ? 'becomes-it' : 'stays',
    })
    if (!version) throw unknownVersion()
    const action = await actions.find(tenant.name, params.id)
    if (!action) throw unknownAction()
    return toVersionAnswer(version, action, 'not-live')
  })
}

const readRoutes = (app: Api, { actions, versions }: VersionDeps) => {
  const scopes = ['read:actions']

  const find = async (tenant: Tenant, id: string): Promise<Action> => {
    const action = await actions.find(tenant.name, id)
    if (!action) throw unknownAction()
    return action
  }

  const listSchema = {
    summary: 'The versions of an action, newest first',
    params: byAction,
    querystring: pageOfActions,
    response: { 200: actionListOf('versions', actionVersion) },
  }
  app.get(
    '/actions/actions/:id/versions',
    { config: { scopes }, schema: listSchema },
    async ({ tenant, params, query }) => {
      const action = await find(tenant, params.id)
      const { items, total } = await versions.list(tenant.name, params.id, toPage(query))
      const answers = items.map((version) => toVersionAnswer(version, action, isLive(action, version.id)))
      return actionList({ key: 'versions', items: answers, total }, query)
    },
  )

  const oneSchema = { summary: 'One version', params: byVersion, response: { 200: actionVersion } }
  const oneOptions = { config: { scopes }, schema: oneSchema }
  app.get('/actions/actions/:id/versions/:version', oneOptions, async ({ tenant, params }) => {
    const action = await find(tenant, params.id)
    const version = await versions.find(tenant.name, params.id, params.version)
    if (!version) throw unknownVersion()
    return toVersionAnswer(version, action, isLive(action, version.id))
  })
}

export const versionRoutes = (deps: VersionDeps) => async (app: Api) => {
  deployRoutes(app, deps)
  readRoutes(app, deps)
}
