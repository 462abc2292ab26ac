import type { User } from '../../users/user.ts'
import type { Database } from './database.ts'
import { requireReadable } from './require-readable.ts'
import { toUser } from './to-user.ts'

/** Those that there are, in the order of the ids. Throws `PageTooLarge`. */
export const findUsers = async (db: Database, tenant: string, ids: readonly string[]): Promise<User[]> => {
  if (ids.length === 0) return []
  const users = db.selectFrom('users').where('tenant', '=', tenant).where('id', 'in', ids)
  await requireReadable(users, ['userMetadata', 'appMetadata'])
  const rows = await users.selectAll().execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    return row ? [toUser(row)] : []
  })
}

/** In the order of their connections. Throws `PageTooLarge`. */
export const findByAddress = async (db: Database, tenant: string, email: string): Promise<User[]> => {
  const rows = await db
    .selectFrom('users')
    .innerJoin('connections', (join) =>
      join.onRef('connections.tenant', '=', 'users.tenant').onRef('connections.name', '=', 'users.connection'),
    )
    .select('users.id')
    .where('users.tenant', '=', tenant)
    .where('users.emailKey', '=', email.toLowerCase())
    .where('connections.removed', '=', 0)
    .orderBy('connections.position')
    .execute()
  const ids = rows.map(({ id }) => id)
  return findUsers(db, tenant, ids)
}
