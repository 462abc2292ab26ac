import type { Patch } from '../patch.ts'
import type { ClientGrant } from './client-grant.ts'

/**
 * Reads, decides and writes in one transaction, so that two edits at once both count. `change` must be synchronous; what
 * it throws undoes everything.
 */
export type EditClientGrant = (
  tenant: string,
  id: string,
  change: (grant: ClientGrant) => Patch<Omit<ClientGrant, 'id' | 'clientId'>>,
) => Promise<ClientGrant | undefined>
