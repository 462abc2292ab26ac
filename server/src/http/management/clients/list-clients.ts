/** Which clients a list is about: every filter that it names must let one through. */
import { z } from 'zod'
import type { ClientGrant } from '../../../client-grants/client-grant.ts'
import type { ListedClient } from '../../../clients/client.ts'
import { matches } from '../../../search/matches.ts'
import type { SearchFields } from '../../../search/query.ts'
import { fieldsQuery, flag, offsetPaging } from '../paging.ts'
import { readQuery } from '../search-query.ts'

export const listClients = z.strictObject({
  ...offsetPaging,
  ...fieldsQuery,
  is_global: flag.optional(),
  is_first_party: flag.optional(),
  app_type: z.string().max(1_024).optional().describe('One or more, separated by commas'),
  q: z.string().max(1_024).optional().describe('Over name, client_id, app_type, client_grant.allow_any_organization'),
})
type ListClients = z.infer<typeof listClients>

const names = ['name', 'client_id', 'app_type', 'client_grant.allow_any_organization']
const searchFields: SearchFields = { names, kindOf: (field) => (names.includes(field) ? 'text' : undefined) }

const searchable = ({ clientId, name, appType }: ListedClient, grant: ClientGrant | undefined) => ({
  client_id: clientId,
  name,
  app_type: appType,
  'client_grant.allow_any_organization': grant && String(grant.kept.allow_any_organization ?? false),
})

export const filterClients = (
  { clients, grants }: { clients: readonly ListedClient[]; grants: readonly ClientGrant[] },
  { is_global, is_first_party, app_type, q }: ListClients,
): ListedClient[] => {
  // The vendor's one global client does not exist here.
  if (is_global) return []
  const query = readQuery(q, searchFields)
  const appTypes = app_type?.split(',').map((type) => type.trim())
  const grantOf = new Map(grants.map((grant) => [grant.clientId, grant]))
  return clients.filter(
    (client) =>
      (is_first_party === undefined || client.isFirstParty === is_first_party) &&
      (appTypes === undefined || appTypes.includes(client.appType ?? '')) &&
      (query === undefined || matches(query, searchable(client, grantOf.get(client.clientId)))),
  )
}
