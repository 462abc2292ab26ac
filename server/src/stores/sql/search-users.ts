import { type SelectQueryBuilder, sql } from 'kysely'
import { counted } from '../../thread-time.ts'
import type { User } from '../../users/user.ts'
import { mostUsers, type UserSearch } from '../../users/user-search.ts'
import type { Database } from './database.ts'
import { findUsers } from './find-users.ts'
import { readInParts } from './read-in-parts.ts'
import type { Schema } from './schema.ts'
import { countRows } from './slice.ts'
import { findCandidates } from './user-candidates.ts'
import { searchedColumns, sortColumn, userCondition } from './user-query.ts'

interface Found {
  items: User[]
  total: number
}

/** Users of one tenant to be looked at, and whether there are more. */
interface Part {
  users: SelectQueryBuilder<Schema, 'users', Pick<Schema['users'], (typeof searchedColumns)[number]>>
  follows: boolean
}
type NextPart = (rows: number) => Promise<Part>

const everybody = (db: Database, tenant: string): NextPart => {
  let after = ''
  return async (rows) => {
    const rest = db.selectFrom('users').where('tenant', '=', tenant).where('id', '>', after).orderBy('id')
    const last = await rest
      .select('id')
      .offset(rows - 1)
      .limit(1)
      .executeTakeFirst()
    after = last?.id ?? after
    return { users: rest.select(searchedColumns).limit(rows), follows: last !== undefined }
  }
}

const these = (db: Database, tenant: string, ids: readonly string[]): NextPart => {
  let at = 0
  return async (rows) => {
    const some = ids.slice(at, at + rows)
    at += rows
    const users = db.selectFrom('users').where('tenant', '=', tenant).where('id', 'in', some)
    return { users: users.select(searchedColumns).limit(rows), follows: at < ids.length }
  }
}

interface Ranked {
  id: string
  key: string | number | null
}

/** As the database orders: text by its bytes in UTF-8, what is not there last. */
const compareKeys = (one: Ranked['key'], other: Ranked['key']): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))

const inOrder =
  ({ direction }: UserSearch['order']) =>
  (one: Ranked, other: Ranked): number => {
    if ((one.key === null) !== (other.key === null)) return one.key === null ? 1 : -1
    const ascending = compareKeys(one.key, other.key) || compareKeys(one.id, other.id)
    return direction === 'ascending' ? ascending : -ascending
  }

/** How many of a part match, and the first of them. */
const matchesIn = async (db: Database, { users }: Part, { tenant, search }: { tenant: string; search: UserSearch }) => {
  const { query, connection, order, offset, limit } = search
  const { name, kind, isOptional } = sortColumn(order.by)
  const direction = order.direction === 'ascending' ? 'asc' : 'desc'
  const ranked = await db
    // Its limit makes the part a table of its own: no index takes the search out of it again.
    .selectFrom(users.as('users'))
    .$if(connection !== undefined, (part) => part.where('users.connection', '=', connection ?? ''))
    .$if(query !== undefined, (part) => part.where(userCondition(tenant, query as NonNullable<typeof query>)))
    .select(({ fn, ref }) => ['users.id', (kind === 'name' ? fn('lower', [name]) : ref(name)).as('key')])
    .select(sql<number>`count(*) over ()`.as('matching'))
    .$if(isOptional, (part) => part.orderBy(({ eb }) => eb(name, 'is', null)))
    .orderBy('key', direction)
    .orderBy('users.id', direction)
    .limit(Math.max(1, Math.min(offset + limit, mostUsers)))
    .$castTo<Ranked & { matching: number }>()
    .execute()
  return { ranked, count: Number(ranked[0]?.matching ?? 0) }
}

const searchInParts = async (db: Database, tenant: string, search: UserSearch): Promise<Found> => {
  const { query, order, offset, limit } = search
  const candidates = query && (await findCandidates(db, tenant, query))
  if (candidates?.size === 0) return { items: [], total: 0 }
  const next = candidates ? these(db, tenant, [...candidates]) : everybody(db, tenant)
  const end = Math.min(offset + limit, mostUsers)
  let total = 0
  let first: Ranked[] = []
  await readInParts(tenant, async (rows) => {
    const part = await next(rows)
    const { ranked, count } = await matchesIn(db, part, { tenant, search })
    total += count
    first = counted(() => [...first, ...ranked].toSorted(inOrder(order)).slice(0, end))
    return part.follows ? 'more' : 'done'
  })
  const shown = first.slice(offset).map(({ id }) => id)
  return { items: await findUsers(db, tenant, shown), total }
}

/** All of a tenant, in an order that an index has. */
const listByAge = async (
  db: Database,
  tenant: string,
  { order, offset, limit }: Pick<UserSearch, 'order' | 'offset' | 'limit'>,
): Promise<Found> => {
  const users = db.selectFrom('users').where('tenant', '=', tenant)
  const total = await countRows(users)
  const direction = order.direction === 'ascending' ? 'asc' : 'desc'
  const shown = await users
    .select('id')
    .orderBy('createdAt', direction)
    .orderBy('id', direction)
    .offset(Math.min(offset, mostUsers))
    .limit(Math.max(0, Math.min(limit, mostUsers - offset)))
    .execute()
  const ids = shown.map(({ id }) => id)
  return { items: await findUsers(db, tenant, ids), total }
}

export const searchUsers = (db: Database, tenant: string, search: UserSearch): Promise<Found> => {
  const { query, connection, order } = search
  const isPlainList = query === undefined && connection === undefined && order.by === 'created_at'
  return isPlainList ? listByAge(db, tenant, search) : searchInParts(db, tenant, search)
}
