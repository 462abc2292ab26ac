import type { User } from '../../users/user.ts'
import { mostUsers, type UserSearch } from '../../users/user-search.ts'
import type { Database } from './database.ts'
import { countRows } from './slice.ts'
import { toUser } from './to-user.ts'
import { sortColumn, userCondition } from './user-query.ts'

export const searchUsers = async (
  db: Database,
  tenant: string,
  search: UserSearch,
): Promise<{ items: User[]; total: number }> => {
  const { query, connection, order, offset, limit } = search
  let matching = db.selectFrom('users').where('tenant', '=', tenant)
  if (connection !== undefined) matching = matching.where('connection', '=', connection)
  if (query !== undefined) matching = matching.where(userCondition(tenant, query))
  const total = await countRows(matching)
  if (total <= offset) return { items: [], total }
  const { name, kind, isOptional } = sortColumn(order.by)
  const direction = order.direction === 'ascending' ? 'asc' : 'desc'
  const rows = await matching
    .selectAll()
    .$if(isOptional, (users) => users.orderBy(({ eb }) => eb(name, 'is', null)))
    .orderBy(({ fn, ref, eb }) => {
      if (kind === 'name') return fn('lower', [name])
      // Few are sorted once they are found: going through all users by their age to find them would take longer.
      return name === 'createdAt' && total <= mostUsers ? eb(name, '+', 0) : ref(name)
    }, direction)
    .orderBy('id', direction)
    .offset(offset)
    .limit(Math.max(0, Math.min(limit, mostUsers - offset)))
    .execute()
  return { items: rows.map(toUser), total }
}
