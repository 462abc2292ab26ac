/** What a tenant keeps for some days: log entries, and executions with their results. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A statement blocks the embedded database and, with it, the server: one that deletes so many takes milliseconds. */
const atOnce = 500

const removals = [
  (db: Database, tenant: string, until: number) =>
    sql`delete from logs where tenant = ${tenant} and number in
      (select number from logs where tenant = ${tenant} and date <= ${until} limit ${atOnce})`.execute(db),
  (db: Database, tenant: string, until: number) =>
    sql`delete from executions where tenant = ${tenant} and id in
      (select id from executions where tenant = ${tenant} and updated_at <= ${until} limit ${atOnce})`.execute(db),
]

export const removeOld = async (db: Database, tenant: string, until: number): Promise<void> => {
  for (const remove of removals) {
    for (;;) {
      const { numAffectedRows = 0n } = await remove(db, tenant, until)
      await nextTurn()
      if (numAffectedRows < BigInt(atOnce)) break
    }
  }
}
