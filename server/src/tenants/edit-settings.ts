import type { KeptSettings, KeptSubject } from './kept-settings.ts'
import type { Tenant } from './tenant.ts'
import type { TenantPatch } from './tenant-store.ts'

interface Settings {
  tenant: Tenant
  kept: KeptSettings
}

/**
 * Reads, decides and writes in one transaction what counts and what is only kept. `change` must be synchronous; what it
 * throws undoes everything. `undefined` for an unknown tenant.
 */
export type EditSettings = (
  name: string,
  edit: {
    subject: KeptSubject
    change: (stored: Settings) => { patch: Omit<TenantPatch, 'domain' | 'scheme'>; kept: KeptSettings }
  },
) => Promise<Settings | undefined>
