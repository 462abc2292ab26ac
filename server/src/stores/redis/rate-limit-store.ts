import type { Allowance, RateLimitStore } from '../../rate-limits/rate-limit.ts'
import { key } from './key.ts'
import { loadScript, type RedisConnection } from './script.ts'

const bucketKey = (tenant: string, name: string) => key(tenant, 'rate-bucket', name)
const windowKey = (tenant: string, name: string) => key(tenant, 'rate-window', name)

/** Both scripts answer with the milliseconds to wait. Anything but a number would mean "not counted": refused. */
const toAllowance = (waitMs: unknown): Allowance => {
  if (typeof waitMs !== 'number') throw new Error('Redis gave no answer about an allowance.')
  return waitMs === 0 ? { allowed: true } : { allowed: false, retryAfterMs: waitMs }
}

export const createRedisRateLimitStore = (redis: RedisConnection): RateLimitStore => {
  const take = loadScript(redis, 'take')
  const attempt = loadScript(redis, 'attempt')

  return {
    take: async (tenant, name, { burst, refillMs }, now) =>
      toAllowance(await take([bucketKey(tenant, name)], [burst, refillMs, now])),

    attempt: async (tenant, name, { most, windowMs }, now) =>
      toAllowance(await attempt([windowKey(tenant, name)], [most, windowMs, now])),

    async forget(tenant, name) {
      await redis.del(windowKey(tenant, name))
    },
  }
}
