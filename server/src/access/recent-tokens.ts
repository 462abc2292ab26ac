/**
 * Tokens that were found good, and until when they are: a client sends the same one with each call, and to check its signature
 * takes the turns of another thread. Bounded by their number, oldest out first.
 */
import { originOf, type Tenant } from '../tenants/tenant.ts'
import type { Grant } from './access-token.ts'

interface Entry {
  grant: Grant
  expiresAt: number
}

export interface RecentTokens {
  find(tenant: Tenant, token: string, now: number): Grant | undefined
  keep(tenant: Tenant, token: string, entry: Entry): void
}

const most = 1_000

/** A tenant that was removed and made again has another key, and one that has moved other audiences. */
const keyOf = (tenant: Tenant, token: string): string =>
  [tenant.name, tenant.createdAt, originOf(tenant), token].join('\n')

export const createRecentTokens = (): RecentTokens => {
  const entries = new Map<string, Entry>()
  return {
    find(tenant, token, now) {
      const entry = entries.get(keyOf(tenant, token))
      return entry !== undefined && entry.expiresAt > now ? entry.grant : undefined
    },
    keep(tenant, token, entry) {
      entries.set(keyOf(tenant, token), entry)
      const [oldest] = entries.keys()
      if (entries.size > most && oldest !== undefined) entries.delete(oldest)
    },
  }
}
