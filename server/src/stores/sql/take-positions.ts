import { atomically } from './atomically.ts'
import type { Database } from './database.ts'

/** Lists that are in the order in which their rows were made. */
type Positioned =
  | 'clientGrants'
  | 'clients'
  | 'connections'
  | 'enrollments'
  | 'roles'
  | 'userRoles'
  | 'organizations'
  | 'organizationMembers'

/**
 * The first of so many positions, larger than that of any row the list has ever had: whoever reads on from a row that is
 * gone misses none and sees none twice. To be called in the transaction of the insert: positions are visible in their order
 * only then.
 */
export const takePositions = async (
  db: Database,
  tenant: string,
  { list, count }: { list: Positioned; count: number },
): Promise<number> => {
  const { last } = await db
    .insertInto('positions')
    .values({ tenant, list, last: count })
    .onConflict((stored) =>
      stored.columns(['tenant', 'list']).doUpdateSet(({ eb }) => ({ last: eb('positions.last', '+', count) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return last - count + 1
}

/** Inserts with the next position of the list, in one transaction. */
export const inPosition = <Result>(
  db: Database,
  { tenant, list }: { tenant: string; list: Positioned },
  insert: (db: Database, position: number) => Promise<Result>,
): Promise<Result> =>
  atomically(db, async (transaction) =>
    insert(transaction, await takePositions(transaction, tenant, { list, count: 1 })),
  )
