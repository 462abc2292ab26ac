import { type CacheRecord, cacheRecord } from '@interlock/runtime'
import type { ActionCacheStore } from '../../cache/action-cache.ts'
import { storedRecord } from '../records/stored-record.ts'
import { key } from './key.ts'
import { loadScript, type RedisConnection } from './script.ts'

const record = storedRecord<CacheRecord>('cache record', { version: 1, schema: cacheRecord })

const cacheKey = (tenant: string, trigger: string) => key(tenant, 'action-cache', trigger)

/** The expiry stands in front, where the script can read it. */
const toField = (value: CacheRecord): string => `${value.expires_at} ${record.encode(value)}`
const fromField = (text: string): CacheRecord => record.decode(text.slice(text.indexOf(' ') + 1))

export const createRedisActionCacheStore = (redis: RedisConnection): ActionCacheStore => {
  const apply = loadScript(redis, 'apply-cache-changes')

  return {
    async load(tenant, trigger, now) {
      const fields = Object.entries(await redis.hgetall(cacheKey(tenant, trigger)))
      const records = fields.map(([name, text]) => [name, fromField(text)] as const)
      return Object.fromEntries(records.filter(([, { expires_at }]) => expires_at > now))
    },

    async apply(tenant, trigger, changes, now) {
      if (changes.length === 0) return
      const values = changes.flatMap((change) => [
        change.type,
        change.key,
        change.type === 'set' ? toField(change.record) : '',
      ])
      await apply([cacheKey(tenant, trigger)], [now, ...values])
    },

    async clear(tenant, trigger) {
      await redis.del(cacheKey(tenant, trigger))
    },
  }
}
