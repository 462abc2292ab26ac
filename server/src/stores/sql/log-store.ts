import type { NewLogEntry } from '../../logs/log-entry.ts'
import { numberIn, toLogId } from '../../logs/log-id.ts'
import type { LogStore } from '../../logs/log-store.ts'
import { toColumns } from './columns.ts'
import type { Database } from './database.ts'
import type { LogRow } from './schema.ts'
import { searchLogs, toEntry } from './search-logs.ts'

/** The first of so many numbers, and a time that is not before that of any earlier id. */
const takeNumbers = async (db: Database, tenant: string, { count, now }: { count: number; now: number }) => {
  const { number, at } = await db
    .insertInto('logNumbers')
    .values({ tenant, number: count, at: now })
    .onConflict((stored) =>
      stored.column('tenant').doUpdateSet(({ ref, eb }) => ({
        number: eb('logNumbers.number', '+', count),
        at: eb.case().when('logNumbers.at', '>', now).then(ref('logNumbers.at')).else(now).end(),
      })),
    )
    .returning(['number', 'at'])
    .executeTakeFirstOrThrow()
  return { first: number - count + 1, at }
}

/** To be called in a transaction: numbers are visible in their order only then. */
export const appendLogs = async (db: Database, tenant: string, entries: readonly NewLogEntry[]): Promise<void> => {
  const owner = await db.selectFrom('tenants').select('name').where('name', '=', tenant).executeTakeFirst()
  if (!owner || entries.length === 0) return
  const now = Math.max(...entries.map(({ date }) => date))
  const { first, at } = await takeNumbers(db, tenant, { count: entries.length, now })
  const rows = entries.map((entry, index) => {
    const number = first + index
    return { tenant, number, id: toLogId({ number, at }), ...nothing, ...toColumns(entry) } as LogRow
  })
  await db.insertInto('logs').values(rows).execute()
}

/** One statement sets the same columns in every row. */
const nothing = {
  connection: null,
  connectionId: null,
  strategy: null,
  strategyType: null,
  clientId: null,
  clientName: null,
  ip: null,
  userAgent: null,
  hostname: null,
  userId: null,
  userName: null,
  organizationId: null,
  audience: null,
  scope: null,
  details: null,
} satisfies Partial<LogRow>

export const createSqlLogStore = (db: Database): LogStore => ({
  append: (tenant, entries) => db.transaction().execute((transaction) => appendLogs(transaction, tenant, entries)),

  async find(tenant, id) {
    const number = numberIn(id)
    if (number === undefined) return undefined
    const found = db.selectFrom('logs').selectAll().where('tenant', '=', tenant).where('number', '=', number)
    const row = await found.where('id', '=', id).executeTakeFirst()
    return row && toEntry(row)
  },

  async after(tenant, id, limit) {
    const number = id === undefined ? 0 : (numberIn(id) ?? 0)
    const later = db.selectFrom('logs').selectAll().where('tenant', '=', tenant).where('number', '>', number)
    return (await later.orderBy('number').limit(limit).execute()).map(toEntry)
  },

  async lastId(tenant) {
    const ids = db.selectFrom('logs').select('id').where('tenant', '=', tenant)
    return (await ids.orderBy('number', 'desc').limit(1).executeTakeFirst())?.id
  },

  search: (tenant, search) => searchLogs(db, tenant, search),
})
