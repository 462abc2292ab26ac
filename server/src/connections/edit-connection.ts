import type { Patch } from '../patch.ts'
import type { Connection } from './connection.ts'

/**
 * Reads, decides and writes in one transaction, so that two edits at once both count. `change` must be synchronous; what
 * it throws undoes everything.
 */
export type EditConnection = (
  tenant: string,
  id: string,
  change: (connection: Connection) => Patch<Pick<Connection, 'metadata' | 'enabledClients' | 'kept'>>,
) => Promise<Connection | undefined>
