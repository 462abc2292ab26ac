import { createRedisActionCacheStore } from './action-cache-store.ts'
import { createRedisRateLimitStore } from './rate-limit-store.ts'
import type { RedisConnection } from './script.ts'
import { createRedisTicketStore } from './ticket-store.ts'
import { createRedisTransactionStore } from './transaction-store.ts'

/** The short-lived state, where several nodes share it: these take the place of the SQL stores of the same names. */
export const createRedisStores = (redis: RedisConnection) => ({
  tickets: createRedisTicketStore(redis),
  transactions: createRedisTransactionStore(redis),
  rateLimits: createRedisRateLimitStore(redis),
  actionCache: createRedisActionCacheStore(redis),
})
