/** Triggers, and the list of actions bound to one. The list is always replaced whole. */
import { z } from 'zod'
import type { BindingRefusal, BindingStore } from '../../../actions/binding-store.ts'
import { triggerId, triggerVersion } from '../../../actions/trigger.ts'
import type { Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { actionList, actionListOf, toPage } from '../paging.ts'
import { binding, triggers as triggersAnswer } from './action-answer.ts'
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
  const triggersSchema = { summary: 'The triggers of this server', response: { 200: triggersAnswer } }
  app.get('/actions/triggers', { config, schema: triggersSchema }, async () => ({ triggers }))

  const schema = {
    summary: 'What runs, in order',
    params: byTrigger,
    querystring: pageOfActions,
    response: { 200: actionListOf('bindings', binding) },
  }
  app.get('/actions/triggers/:trigger/bindings', { config, schema }, async ({ tenant, params, query }) => {
    requireTrigger(params.trigger)
    const { items, total } = await bindings.list(tenant.name, params.trigger, toPage(query))
    return actionList({ key: 'bindings', items: items.map(toBindingAnswer), total }, query)
  })
}

const replaceRoute = (app: Api, { bindings, random, clock }: BindingDeps) => {
  const config = { scopes: ['update:actions'] }
  const schema = {
    summary: 'Says what runs, in order',
    description: 'Replaces the whole list.',
    params: byTrigger,
    body: replaceBindings,
    response: { 200: z.object({ bindings: z.array(binding) }) },
  }
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
