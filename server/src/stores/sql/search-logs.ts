import { type SqlBool, sql } from 'kysely'
import type { LogEntry } from '../../logs/log-entry.ts'
import { type LogSearch, mostResults } from '../../logs/log-store.ts'
import type { Query } from '../../search/query.ts'
import { withoutNulls } from './columns.ts'
import type { Database } from './database.ts'
import { logCondition, searchedColumns } from './log-query.ts'
import { readInParts } from './read-in-parts.ts'
import type { LogRow } from './schema.ts'
import { countRows } from './slice.ts'

interface Found {
  items: LogEntry[]
  total: number
}

export const toEntry = ({ tenant: _tenant, number: _number, details, ...row }: LogRow): LogEntry =>
  ({ ...withoutNulls(row), ...(details !== null && { details: JSON.parse(details) }) }) as LogEntry

const directionOf = ({ order }: LogSearch) => (order === 'newest-first' ? 'desc' : 'asc')

const entriesOf = (db: Database, tenant: string, userId: string | undefined) => {
  const entries = db.selectFrom('logs').where('tenant', '=', tenant)
  return userId === undefined ? entries : entries.where('userId', '=', userId)
}

/** Of all of them, or of one user's, in the order of an index. */
const list = async (db: Database, tenant: string, search: LogSearch): Promise<Found> => {
  const { userId, offset, limit } = search
  const entries = entriesOf(db, tenant, userId)
  const total = await countRows(db.selectFrom(entries.select('number').limit(mostResults).as('found')))
  const rows = await entries
    .selectAll()
    .orderBy('date', directionOf(search))
    .orderBy('number', directionOf(search))
    .offset(offset)
    .limit(Math.max(0, Math.min(limit, mostResults - offset)))
    .execute()
  return { items: rows.map(toEntry), total }
}

const conjunctsOf = (query: Query): Query[] => (query.op === 'and' ? query.of.flatMap(conjunctsOf) : [query])

/** An index leads to what these leave, so that nothing else is looked at. */
const isNarrow = (query: Query): boolean =>
  query.op === 'range'
    ? query.field === 'date'
    : query.op === 'match' && query.how === 'whole' && query.field === 'user_id'

/** The first thousand that match, in order. */
const findNumbers = async (db: Database, tenant: string, search: LogSearch & { query: Query }): Promise<number[]> => {
  const { query, userId } = search
  const direction = directionOf(search)
  const beyond = sql.raw(direction === 'desc' ? '<' : '>')
  const narrow = conjunctsOf(query).filter(isNarrow)
  const [date, number] = [sql.ref('logs.date'), sql.ref('logs.number')]
  const found: number[] = []
  let after: { date: number; number: number } | undefined
  await readInParts(tenant, async (rows) => {
    let rest = entriesOf(db, tenant, userId).orderBy('date', direction).orderBy('number', direction)
    for (const condition of narrow) rest = rest.where(logCondition(condition))
    if (after) rest = rest.where(sql<SqlBool>`(${date}, ${number}) ${beyond} (${after.date}, ${after.number})`)
    after = await rest
      .select(['date', 'number'])
      .offset(rows - 1)
      .limit(1)
      .executeTakeFirst()
    const matching = await db
      .selectFrom(rest.select(searchedColumns).limit(rows).as('logs'))
      .select('logs.number')
      .where(logCondition(query))
      .orderBy('logs.date', direction)
      .orderBy('logs.number', direction)
      .limit(mostResults - found.length)
      .execute()
    found.push(...matching.map((row) => row.number))
    return after && found.length < mostResults ? 'more' : 'done'
  })
  return found
}

const find = async (db: Database, tenant: string, search: LogSearch & { query: Query }): Promise<Found> => {
  const numbers = await findNumbers(db, tenant, search)
  const shown = numbers.slice(search.offset, search.offset + search.limit)
  if (shown.length === 0) return { items: [], total: numbers.length }
  const rows = await entriesOf(db, tenant, undefined).selectAll().where('number', 'in', shown).execute()
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  const items = shown.flatMap((number) => {
    const row = byNumber.get(number)
    return row ? [toEntry(row)] : []
  })
  return { items, total: numbers.length }
}

/** Searched in their order, and no further than what can be paged through. */
export const searchLogs = (db: Database, tenant: string, search: LogSearch): Promise<Found> => {
  const { query } = search
  return query === undefined ? list(db, tenant, search) : find(db, tenant, { ...search, query })
}
