import { executionLifeMs } from '../../executions/execution.ts'
import type { Database } from './database.ts'

/** Frees the room of what has expired. No query depends on it: each judges expiry by itself. */
export const removeExpired = async (db: Database, now: number): Promise<void> => {
  await db.deleteFrom('tickets').where('expiresAt', '<=', now).execute()
  await db.deleteFrom('transactions').where('expiresAt', '<=', now).execute()
  await db.deleteFrom('rateBuckets').where('fullAt', '<=', now).execute()
  await db.deleteFrom('rateWindows').where('endsAt', '<=', now).execute()
  await db.deleteFrom('actionCache').where('expiresAt', '<=', now).execute()
  await db
    .deleteFrom('executions')
    .where('updatedAt', '<=', now - executionLifeMs)
    .execute()
}
