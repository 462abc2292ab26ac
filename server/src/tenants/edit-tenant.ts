import type { Tenant } from './tenant.ts'
import type { TenantPatch } from './tenant-store.ts'

/**
 * Reads, decides and writes in one transaction, so that two edits at once both count. `change` must be synchronous; what
 * it throws undoes everything.
 */
export type EditTenant = (
  name: string,
  change: (tenant: Tenant) => TenantPatch,
) => Promise<Tenant | 'domain-taken' | undefined>
