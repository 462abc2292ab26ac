/** What organizations have none of here. The vendor's deploy tool reads it of each, and without an answer sees no organizations. */
import { z } from 'zod'
import type { OrganizationStore } from '../../../organizations/organization.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { flag, offsetListOf, offsetPage, offsetPaging } from '../paging.ts'
import { byOrganization, unknownOrganization } from './organization-schema.ts'

export type EmptyListDeps = { organizations: Pick<OrganizationStore, 'find'> }

const config = { scopes: ['read:organizations'] }

const connectionQuery = z.strictObject({ ...offsetPaging, is_enabled: flag.optional() })
const grantQuery = z.strictObject({
  ...offsetPaging,
  audience: z.string().optional(),
  client_id: z.string().optional(),
  grant_ids: z.union([z.string(), z.array(z.string())]).optional(),
})

export const emptyListRoutes =
  ({ organizations }: EmptyListDeps) =>
  async (app: Api) => {
    const requireOrganization = async (tenant: string, id: string): Promise<void> => {
      if (!(await organizations.find(tenant, id))) throw unknownOrganization()
    }

    const connectionSchema = {
      summary: 'Connections of an organization: always none',
      params: byOrganization,
      querystring: connectionQuery,
      response: { 200: offsetListOf('connections', z.object({})) },
    }
    const connectionOptions = { config, schema: connectionSchema }
    app.get('/organizations/:id/connections', connectionOptions, async ({ tenant, params, query }) => {
      await requireOrganization(tenant.name, params.id)
      return offsetPage({ key: 'connections', items: [], total: 0 }, query)
    })

    const grantSchema = {
      summary: 'Client grants of an organization: always none',
      params: byOrganization,
      querystring: grantQuery,
      response: { 200: offsetListOf('client_grants', z.object({})) },
    }
    app.get('/organizations/:id/client-grants', { config, schema: grantSchema }, async ({ tenant, params, query }) => {
      await requireOrganization(tenant.name, params.id)
      return offsetPage({ key: 'client_grants', items: [], total: 0 }, query)
    })
  }
