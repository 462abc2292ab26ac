import type { Database } from './database.ts'
import { countRows } from './slice.ts'

/** How many of these ids the tenant has. */
export const countKnown = (
  db: Database,
  tenant: string,
  { table, ids }: { table: 'users' | 'roles' | 'organizations'; ids: readonly string[] },
): Promise<number> => countRows(db.selectFrom(table).where('tenant', '=', tenant).where('id', 'in', ids))
