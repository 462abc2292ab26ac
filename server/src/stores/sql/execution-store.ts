import type { Selectable } from 'kysely'
import type { Execution, ExecutionResultEntry, ExecutionStore } from '../../executions/execution.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { countRows } from './slice.ts'

type ResultRow = Selectable<Schema['executionResults']>

const toResults = (rows: readonly Pick<ResultRow, 'result'>[]): ExecutionResultEntry[] =>
  rows.map(({ result }) => JSON.parse(result))

/** Results as rows, from `position` on. */
const toRows = (
  { tenant, executionId, position }: Omit<ResultRow, 'result'>,
  results: readonly ExecutionResultEntry[],
): ResultRow[] =>
  results.map((result, index) => ({ tenant, executionId, position: position + index, result: JSON.stringify(result) }))

const insertResults = async (db: Database, rows: readonly ResultRow[]): Promise<void> => {
  if (rows.length > 0) await db.insertInto('executionResults').values(rows).execute()
}

/** How many results the execution has. */
const countResults = (db: Database, tenant: string, executionId: string): Promise<number> =>
  countRows(db.selectFrom('executionResults').where('tenant', '=', tenant).where('executionId', '=', executionId))

export const createSqlExecutionStore = (db: Database): ExecutionStore => ({
  async create(tenant, { results, ...execution }) {
    await db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('executions')
        .values({ tenant, ...execution })
        .execute()
      await insertResults(transaction, toRows({ tenant, executionId: execution.id, position: 0 }, results))
    })
  },

  async append(tenant, id, { results, status, now }) {
    await db.transaction().execute(async (transaction) => {
      // The update comes first: it makes a second appender wait, so that both do not count the same results.
      const { numUpdatedRows } = await transaction
        .updateTable('executions')
        .set({ status, updatedAt: now })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows !== 1n) throw new Error(`There is no execution ${id} to append to.`)
      const position = await countResults(transaction, tenant, id)
      await insertResults(transaction, toRows({ tenant, executionId: id, position }, results))
    })
  },

  async find(tenant, id) {
    const row = await db
      .selectFrom('executions')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst()
    if (!row) return undefined
    const results = await db
      .selectFrom('executionResults')
      .select('result')
      .where('tenant', '=', tenant)
      .where('executionId', '=', id)
      .orderBy('position')
      .execute()
    const { tenant: _tenant, ...execution } = row
    return { ...execution, status: row.status as Execution['status'], results: toResults(results) }
  },
})
