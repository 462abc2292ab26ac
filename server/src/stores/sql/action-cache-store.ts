import type { CacheChange } from '@interlock/runtime'
import type { ActionCacheStore } from '../../cache/action-cache.ts'
import type { Database } from './database.ts'

export const createSqlActionCacheStore = (db: Database): ActionCacheStore => ({
  async load(tenant, trigger, now) {
    const rows = await db
      .selectFrom('actionCache')
      .select(['key', 'value', 'expiresAt'])
      .where('tenant', '=', tenant)
      .where('trigger', '=', trigger)
      .where('expiresAt', '>', now)
      .execute()
    return Object.fromEntries(rows.map(({ key, value, expiresAt }) => [key, { value, expires_at: expiresAt }]))
  },

  async apply(tenant, trigger, changes) {
    if (changes.length === 0) return
    await db.transaction().execute(async (transaction) => {
      for (const change of changes) await applyOne(transaction, { tenant, trigger, key: change.key }, change)
    })
  },

  async clear(tenant, trigger) {
    await db.deleteFrom('actionCache').where('tenant', '=', tenant).where('trigger', '=', trigger).execute()
  },
})

const applyOne = async (
  db: Database,
  { tenant, trigger, key }: { tenant: string; trigger: string; key: string },
  change: CacheChange,
): Promise<void> => {
  if (change.type === 'delete') {
    const deleting = db.deleteFrom('actionCache').where('tenant', '=', tenant).where('trigger', '=', trigger)
    await deleting.where('key', '=', key).execute()
    return
  }
  const content = { value: change.record.value, expiresAt: change.record.expires_at }
  await db
    .insertInto('actionCache')
    .values({ tenant, trigger, key, ...content })
    .onConflict((stored) => stored.columns(['tenant', 'trigger', 'key']).doUpdateSet(content))
    .execute()
}
