/** What a client may do with the management API: the scopes of the tokens it gets. A client has at most one. */
import type { Slice, Sliced } from '../page.ts'
import type { Patch } from '../patch.ts'

export interface ClientGrant {
  /** `cgr_` and 16 base62 characters. */
  id: string
  clientId: string
  scopes: readonly string[]
  /** Every scope there is, also those of later versions of this server; `scopes` then says nothing. */
  allowsAllScopes: boolean
  /** What the vendor's clients set and nothing here reads: it is given back as it came. */
  kept: Record<string, unknown>
}

export interface ClientGrantStore {
  create(tenant: string, grant: ClientGrant): Promise<'created' | 'exists' | 'unknown-client'>
  find(tenant: string, id: string): Promise<ClientGrant | undefined>
  findOf(tenant: string, clientId: string): Promise<ClientGrant | undefined>
  /** In the order they were created. */
  list(tenant: string, filter: { clientId?: string }, slice: Slice): Promise<Sliced<ClientGrant>>
  update(
    tenant: string,
    id: string,
    patch: Patch<Omit<ClientGrant, 'id' | 'clientId'>>,
  ): Promise<ClientGrant | undefined>
  /** It goes with its client too. */
  remove(tenant: string, id: string): Promise<'removed' | 'unknown'>
}
