import type { Tenant } from './tenant.ts'

export type TenantPatch = Partial<
  Pick<Tenant, 'domain' | 'scheme' | 'settings' | 'factors' | 'guardian' | 'limits' | 'branding'>
>

export interface TenantStore {
  create(tenant: Tenant): Promise<'created' | 'name-taken' | 'domain-taken'>
  find(name: string): Promise<Tenant | undefined>
  findByDomain(domain: string): Promise<Tenant | undefined>
  list(): Promise<Tenant[]>
  /** Replaces the given fields whole. */
  update(name: string, patch: TenantPatch): Promise<Tenant | 'domain-taken' | undefined>
  /** Removes the tenant with everything it owns in this store. */
  remove(name: string): Promise<'removed' | 'unknown'>
}
