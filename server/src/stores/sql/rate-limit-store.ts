/**
 * Each allowance is one row and one upsert, which changes nothing when the allowance is used up.
 *
 * A bucket is stored as the time when it is full again (the generic cell rate algorithm): it has room while that lies
 * less than `burst` refills ahead.
 */
import { sql } from 'kysely'
import type { RateLimitStore } from '../../rate-limits/rate-limit.ts'
import type { Database } from './database.ts'

export const createSqlRateLimitStore = (db: Database): RateLimitStore => ({
  async take(tenant, name, { burst, refillMs }, now) {
    const latest = now + (burst - 1) * refillMs
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('rateBuckets')
      .values({ tenant, name, fullAt: now + refillMs })
      .onConflict((stored) =>
        stored
          .columns(['tenant', 'name'])
          .doUpdateSet(({ ref }) => {
            const fullAt = ref('rateBuckets.fullAt')
            return { fullAt: sql<number>`case when ${fullAt} > ${now} then ${fullAt} else ${now} end + ${refillMs}` }
          })
          .where('rateBuckets.fullAt', '<=', latest),
      )
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return { allowed: true }
    const bucket = await db
      .selectFrom('rateBuckets')
      .select('fullAt')
      .where('tenant', '=', tenant)
      .where('name', '=', name)
      .executeTakeFirst()
    return { allowed: false, retryAfterMs: Math.max(0, (bucket?.fullAt ?? now) - latest) }
  },

  async attempt(tenant, name, { most, windowMs }, now) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('rateWindows')
      .values({ tenant, name, count: 1, endsAt: now + windowMs })
      .onConflict((stored) =>
        stored
          .columns(['tenant', 'name'])
          .doUpdateSet(({ ref }) => {
            const [count, endsAt] = [ref('rateWindows.count'), ref('rateWindows.endsAt')]
            return {
              count: sql<number>`case when ${endsAt} <= ${now} then 1 else ${count} + 1 end`,
              endsAt: sql<number>`case when ${endsAt} <= ${now} then ${now + windowMs} else ${endsAt} end`,
            }
          })
          .where(({ eb, or }) => or([eb('rateWindows.endsAt', '<=', now), eb('rateWindows.count', '<', most)])),
      )
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 1n) return { allowed: true }
    const window = await db
      .selectFrom('rateWindows')
      .select('endsAt')
      .where('tenant', '=', tenant)
      .where('name', '=', name)
      .executeTakeFirst()
    return { allowed: false, retryAfterMs: Math.max(0, (window?.endsAt ?? now) - now) }
  },

  async forget(tenant, name) {
    await db.deleteFrom('rateWindows').where('tenant', '=', tenant).where('name', '=', name).execute()
  },
})
