/** Versions: making the draft live, listing what was live, and going back to it. */
import { z } from 'zod'
import type { Action } from '../../../actions/action.ts'
import type { ActionStore, ActionVersionStore } from '../../../actions/action-store.ts'
import { type DeployDraft, newDeployment } from '../../../actions/deploy-draft.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { actionList, toPage } from '../paging.ts'
import { deployVersion, pageOfActions } from './action-schema.ts'
import { notBuilt, unknownAction, unknownVersion } from './refusals.ts'
import { toVersionAnswer } from './to-action.ts'

export type VersionDeps = {
  actions: Pick<ActionStore, 'find'>
  versions: ActionVersionStore
  deployDraft: DeployDraft
  random: Pick<Random, 'uuid'>
  clock: Clock
}

const byAction = z.object({ id: z.string() })
const byVersion = z.object({ id: z.string(), version: z.string() })

const isLive = (action: Action, versionId: string) => (action.deployed?.id === versionId ? 'live' : 'not-live')

const deployRoutes = (app: Api, deps: VersionDeps) => {
  const { actions, versions } = deps
  const scopes = ['create:actions']

  // A deploy answers with the version as it was made, not live yet; the action shows it live from then on.
  const draftOptions = { config: { scopes }, schema: { params: byAction } }
  app.post('/actions/actions/:id/deploy', draftOptions, async ({ tenant, params }) => {
    const deployment = await deps.deployDraft(tenant, params.id)
    if (!deployment) throw unknownAction()
    if ('notBuilt' in deployment) throw notBuilt(deployment.notBuilt.draft)
    return toVersionAnswer(deployment.version, deployment.action, 'not-live')
  })

  const copyOptions = { config: { scopes }, schema: { params: byVersion, body: deployVersion } }
  app.post('/actions/actions/:id/versions/:version/deploy', copyOptions, async ({ tenant, params, body }) => {
    const version = await versions.deployCopy(tenant.name, params.id, {
      ...newDeployment(tenant, deps),
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

  const listOptions = { config: { scopes }, schema: { params: byAction, querystring: pageOfActions } }
  app.get('/actions/actions/:id/versions', listOptions, async ({ tenant, params, query }) => {
    const action = await find(tenant, params.id)
    const { items, total } = await versions.list(tenant.name, params.id, toPage(query))
    const answers = items.map((version) => toVersionAnswer(version, action, isLive(action, version.id)))
    return actionList({ key: 'versions', items: answers, total }, query)
  })

  const oneOptions = { config: { scopes }, schema: { params: byVersion } }
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
