import type { CacheChange, CacheRecord } from '@interlock/runtime'

/** What `api.cache` keeps, per tenant and trigger. Size rules are the runtime's; the store holds what it is given until it expires. */
export interface ActionCacheStore {
  /** Records that have not expired at `now`, by key. */
  load(tenant: string, trigger: string, now: number): Promise<Record<string, CacheRecord>>
  /** Applies the changes in their order, all or none. */
  apply(tenant: string, trigger: string, changes: readonly CacheChange[], now: number): Promise<void>
  /** Drops everything: a tenant that is made anew under the same name must find nothing. */
  clear(tenant: string, trigger: string): Promise<void>
}
