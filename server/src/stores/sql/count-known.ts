import type { Database } from './database.ts'
import { countOf } from './slice.ts'

/** How many of these ids the tenant has. */
export const countKnown = (
  db: Database,
  tenant: string,
  { table, ids }: { table: 'users' | 'roles' | 'organizations'; ids: readonly string[] },
): Promise<number> =>
  countOf(
    db
      .selectFrom(table)
      .where('tenant', '=', tenant)
      .where('id', 'in', ids)
      .select(({ fn }) => fn.countAll().as('count')),
  )
