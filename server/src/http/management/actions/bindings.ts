/** Triggers, and the list of actions bound to one. The list is always replaced whole. */
import { z } from 'zod'
import type { BindingRefusal, BindingStore } from '../../../actions/binding-store.ts'
import { triggerId, triggerVersion } from '../../../actions/trigger.ts'
import type { Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { actionList, toPage } from '../paging.ts'
import { pageOfActions, replaceBindings } from './action-schema.ts'
import { notDeployed, overLimit, unknownAction, unknownTrigger } from './refusals.ts'
import { toBindingAnswer } from './to-action.ts'

export type BindingDeps = { bindings: BindingStore; random: Pick<Random, 'uuid'>; clock: Clock }

const byTrigger = z.object({ trigger: z.string() })

const requireTrigger = (trigger: string): void => {
  if (trigger !== triggerId) throw unknownTrigger()
}

const refuse = ({ refused, ref }: BindingRefusal): Error =>
  refused === 'unknown-action' ? unknownAction() : notDeployed(ref.value)

const triggers = [
  {
    id: triggerId,
    version: triggerVersion,
    status: 'CURRENT',
    runtimes: ['node18-actions', 'node22'],
    default_runtime: 'node22',
    binding_policy: 'trigger-bound',
    compatible_triggers: [],
  },
]

const listRoutes = (app: Api, { bindings }: BindingDeps) => {
  const config = { scopes: ['read:actions'] }
  app.get('/actions/triggers', { config }, async () => ({ triggers }))

  const schema = { params: byTrigger, querystring: pageOfActions }
  app.get('/actions/triggers/:trigger/bindings', { config, schema }, async ({ tenant, params, query }) => {
    requireTrigger(params.trigger)
    const { items, total } = await bindings.list(tenant.name, params.trigger, toPage(query))
    return actionList({ key: 'bindings', items: items.map(toBindingAnswer), total }, query)
  })
}

const replaceRoute = (app: Api, { bindings, random, clock }: BindingDeps) => {
  const config = { scopes: ['update:actions'] }
  const schema = { params: byTrigger, body: replaceBindings }
  app.patch('/actions/triggers/:trigger/bindings', { config, schema }, async ({ tenant, params, body }) => {
    requireTrigger(params.trigger)
    const most = effectiveLimits(tenant).boundActions
    const found = body.bindings.length
    if (found > most) throw overLimit('boundActions', { found, most, unit: 'bindings of one trigger' })
    const wanted = body.bindings.map(({ ref, display_name }) => ({
      id: random.uuid(),
      ref,
      ...(display_name !== undefined && { displayName: display_name }),
    }))
    const result = await bindings.replace(tenant.name, params.trigger, { wanted, now: clock.now() })
    if ('refused' in result) throw refuse(result)
    return { bindings: result.map(toBindingAnswer) }
  })
}

export const bindingRoutes = (deps: BindingDeps) => async (app: Api) => {
  listRoutes(app, deps)
  replaceRoute(app, deps)
}
