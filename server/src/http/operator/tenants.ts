import { z } from 'zod'
import { triggerId } from '../../actions/trigger.ts'
import type { ActionCacheStore } from '../../cache/action-cache.ts'
import type { LiveLog } from '../../logs/live-log.ts'
import type { CreateTenant } from '../../provisioning/create-tenant.ts'
import type { EditTenant } from '../../tenants/edit-tenant.ts'
import type { Tenant, TenantSettings } from '../../tenants/tenant.ts'
import { checkAddress } from '../../tenants/tenant-address.ts'
import type { TenantStore } from '../../tenants/tenant-store.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { noBody } from '../wire-answer.ts'
import { conflict, invalidBody, notFound, type WireProblem } from '../wire-problem.ts'
import { byName, createTenant, editTenant, newTenant, tenantAnswer } from './tenant-schema.ts'
import { toTenantAnswer } from './to-tenant.ts'

export type TenantDeps = {
  tenants: Pick<TenantStore, 'find' | 'list' | 'remove'>
  editTenant: EditTenant
  actionCache: Pick<ActionCacheStore, 'clear'>
  liveLog: Pick<LiveLog, 'tell'>
  createTenant: CreateTenant
  /** Whether this server may hold tenants without TLS. */
  plainHttp: 'localhost-only' | 'forbidden'
}

export const unknownTenant = (): WireProblem => notFound('The tenant does not exist.')

const taken = (field: 'name' | 'domain'): WireProblem => conflict(`Another tenant has this ${field}.`)

const requireAddress = (address: Pick<Tenant, 'scheme' | 'domain'>, plainHttp: TenantDeps['plainHttp']): void => {
  const refused = checkAddress(address, plainHttp)
  if (refused) throw invalidBody(refused.rule, refused.field)
}

/** `null` removes a setting, what is absent stays. */
const patchSettings = (
  settings: TenantSettings,
  patch: { [Name in keyof TenantSettings]?: TenantSettings[Name] | null | undefined },
): TenantSettings => {
  const merged = Object.entries({ ...settings, ...patch }).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(merged) as unknown as TenantSettings
}

export const tenantRoutes = (deps: TenantDeps) => async (app: Api) => {
  const { tenants, plainHttp } = deps

  const find = async (name: string): Promise<Tenant> => {
    const tenant = await tenants.find(name)
    if (!tenant) throw unknownTenant()
    return tenant
  }

  const createSchema = { summary: 'A new tenant', body: createTenant, response: { 201: newTenant }, refuses: [409] }
  app.post('/tenants', { schema: createSchema }, async ({ body }, reply) => {
    requireAddress(body, plainHttp)
    const created = await deps.createTenant(body)
    if (created === 'name-taken') throw taken('name')
    if (created === 'domain-taken') throw taken('domain')
    const { clientId, secret } = created.managementClient
    reply.code(201)
    return {
      tenant: toTenantAnswer(created.tenant),
      management_client: { client_id: clientId, client_secret: secret },
    }
  })

  const listSchema = { summary: 'The tenants', response: { 200: z.object({ tenants: z.array(tenantAnswer) }) } }
  app.get('/tenants', { schema: listSchema }, async () => ({ tenants: (await tenants.list()).map(toTenantAnswer) }))

  const oneSchema = { summary: 'One tenant', params: byName, response: { 200: tenantAnswer } }
  app.get('/tenants/:name', { schema: oneSchema }, async ({ params }) => toTenantAnswer(await find(params.name)))

  const editSchema = {
    summary: 'Changes the given settings of a tenant',
    description: 'null takes an optional one away.',
    params: byName,
    body: editTenant,
    response: { 200: tenantAnswer },
    refuses: [409],
  }
  app.patch('/tenants/:name', { schema: editSchema }, async ({ params, body }) => {
    const edited = await deps.editTenant(params.name, (tenant) => {
      const { domain = tenant.domain, scheme = tenant.scheme, ...settings } = body
      requireAddress({ domain, scheme }, plainHttp)
      return { domain, scheme, settings: patchSettings(tenant.settings, settings) }
    })
    if (!edited) throw unknownTenant()
    if (edited === 'domain-taken') throw taken('domain')
    return toTenantAnswer(edited)
  })

  const removeSchema = {
    summary: 'Takes a tenant away with everything it owns',
    params: byName,
    response: { 204: noBody },
  }
  app.delete('/tenants/:name', { schema: removeSchema }, async ({ params }, reply) => {
    if ((await tenants.remove(params.name)) === 'unknown') throw unknownTenant()
    await deps.actionCache.clear(params.name, triggerId)
    // Who follows its log looks, and finds it gone.
    await deps.liveLog.tell(params.name, 'stored', null)
    return reply.code(204).send()
  })
}
