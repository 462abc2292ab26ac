/**
 * A new tenant, ready for its first author.
 *
 * - it starts with one database connection, and with one client that holds every scope of the management API
 * - no factor is switched on, as with the vendor: a tenant decides that by itself, and until then mail alone resets
 * - all four records are written or none: half a tenant would block its name
 */
import type { ClientGrant } from '../client-grants/client-grant.ts'
import type { Client } from '../clients/client.ts'
import { mintClientSecret } from '../clients/client-secret.ts'
import { type Connection, defaultConnectionName } from '../connections/connection.ts'
import type { Clock, Random } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'

export interface TenantStart {
  tenant: Tenant
  connection: Connection
  client: Client
  grant: ClientGrant
}

/** One transaction. */
export type AddTenant = (start: TenantStart) => Promise<'created' | 'name-taken' | 'domain-taken'>

type Deps = { addTenant: AddTenant; random: Random; clock: Clock }

export interface CreatedTenant {
  tenant: Tenant
  /** The secret is shown this once. */
  managementClient: { clientId: string; secret: string }
}
export type CreateTenant = (
  address: Pick<Tenant, 'name' | 'domain' | 'scheme'>,
) => Promise<CreatedTenant | 'name-taken' | 'domain-taken'>

const newTenant = (address: Pick<Tenant, 'name' | 'domain' | 'scheme'>, createdAt: number): Tenant => ({
  ...address,
  settings: { reset_mfa: 'if-enrolled', allow_same_channel: 'when-asked-by-action' },
  factors: [],
  limits: {},
  branding: {},
  createdAt,
})

const managementClient = (own: Pick<Client, 'clientId' | 'createdAt'> & { secretHash: string }): Client => ({
  ...own,
  name: 'Management',
  metadata: {},
  appType: 'non_interactive',
  isFirstParty: true,
  kept: {},
})

export const createTenant =
  ({ addTenant, random, clock }: Deps): CreateTenant =>
  async (address) => {
    const createdAt = clock.now()
    const { secret, secretHash } = mintClientSecret(random)
    const clientId = random.base62(32)
    const tenant = newTenant(address, createdAt)
    const result = await addTenant({
      tenant,
      connection: {
        id: `con_${random.base62(16)}`,
        name: defaultConnectionName,
        strategy: 'auth0',
        metadata: {},
        kept: {},
        createdAt,
      },
      client: managementClient({ clientId, secretHash, createdAt }),
      grant: { id: `cgr_${random.base62(16)}`, clientId, scopes: [], allowsAllScopes: true, kept: {} },
    })
    return result === 'created' ? { tenant, managementClient: { clientId, secret } } : result
  }
