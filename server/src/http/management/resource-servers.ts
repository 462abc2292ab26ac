/**
 * `/resource-servers`: the APIs that a client can have a token for. There is one, the tenant's management API, under the
 * name by which the vendor's deploy tool knows that it is not for export.
 */
import { z } from 'zod'
import { accessTokenSeconds, audienceOf } from '../../access/access-token.ts'
import { managementScopes } from '../../access/management-scopes.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { flag, offsetList, offsetListOf, offsetPaging } from './paging.ts'

const resourceServer = z
  .object({
    id: z.string(),
    name: z.string(),
    identifier: z.string(),
    is_system: z.boolean(),
    scopes: z.array(z.object({ value: z.string() })),
    token_lifetime: z.int(),
  })
  .meta({ id: 'ResourceServer' })

const listQuery = z.strictObject({
  ...offsetPaging,
  identifiers: z.union([z.string(), z.array(z.string())]).optional(),
  include_fields: flag.optional(),
})

const managementApi = (tenant: Tenant): z.infer<typeof resourceServer> => ({
  id: 'management-api',
  name: 'Auth0 Management API',
  identifier: audienceOf(tenant),
  is_system: true,
  scopes: managementScopes.map((value) => ({ value })),
  token_lifetime: accessTokenSeconds,
})

export const resourceServerRoutes = () => async (app: Api) => {
  const schema = {
    summary: 'The management API: there is no other',
    querystring: listQuery,
    response: { 200: offsetListOf('resource_servers', resourceServer) },
  }
  const options = { config: { scopes: ['read:resource_servers', 'read:client_grants'] }, schema }
  app.get('/resource-servers', options, async ({ tenant, query }) => {
    const wanted = query.identifiers === undefined ? undefined : [query.identifiers].flat()
    const all = [managementApi(tenant)].filter(({ identifier }) => wanted === undefined || wanted.includes(identifier))
    return offsetList({ key: 'resource_servers', all, toAnswer: (api) => api }, query)
  })
}
