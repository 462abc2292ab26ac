import type { Patch } from '../patch.ts'
import type { Client } from './client.ts'

/**
 * Reads, decides and writes in one transaction, so that two edits at once both count. `change` must be synchronous; what
 * it throws undoes everything.
 */
export type EditClient = (
  tenant: string,
  clientId: string,
  change: (client: Client) => Patch<Omit<Client, 'clientId' | 'secretHash' | 'createdAt'>>,
) => Promise<Client | undefined>
