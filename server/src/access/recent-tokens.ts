/**
 * Tokens that were found good, and until when they are: a client sends the same one with each call, and to check its signature
 * takes the turns of another thread. Bounded by their number, oldest out first.
 */
import { originOf, type Tenant } from '../tenants/tenant.ts'

interface Entry<Grant> {
  grant: Grant
  expiresAt: number
}

export interface RecentTokens<Grant> {
  find(tenant: Tenant, token: string, now: number): Grant | undefined
  keep(tenant: Tenant, token: string, entry: Entry<Grant>): void
}

const most = 1_000

/** A tenant that was removed and made again has another key, and one that has moved other audiences. */
const keyOf = (tenant: Tenant, token: string): string =>
  [tenant.name, tenant.createdAt, originOf(tenant), token].join('\n')

export const createRecentTokens = <Grant>(): RecentTokens<Grant> => {
  const entries = new Map<string, Entry<Grant>>()
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
