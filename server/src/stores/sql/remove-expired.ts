import { effectiveLimits } from '../../tenants/limits.ts'
import { createSqlConnectionStore } from './connection-store.ts'
import type { Database } from './database.ts'
import { removeOld } from './remove-old.ts'
import { createSqlTenantStore } from './tenant-store.ts'

const dayMs = 86_400_000

/** Frees the room of what has expired. No query depends on it: each judges expiry by itself. */
export const removeExpired = async (db: Database, now: number): Promise<void> => {
  await db.deleteFrom('tickets').where('expiresAt', '<=', now).execute()
  await db.deleteFrom('transactions').where('expiresAt', '<=', now).execute()
  await db.deleteFrom('rateBuckets').where('fullAt', '<=', now).execute()
  await db.deleteFrom('rateWindows').where('endsAt', '<=', now).execute()
  await db.deleteFrom('actionCache').where('expiresAt', '<=', now).execute()
  for (const tenant of await createSqlTenantStore(db).list()) {
    await createSqlConnectionStore(db).clear(tenant.name)
    await removeOld(db, tenant.name, now - effectiveLimits(tenant).logDays * dayMs)
  }
}
