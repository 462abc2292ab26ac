import type { User, UserPatch } from '../../users/user.ts'
import type { UserStore } from '../../users/user-store.ts'
import { atomically } from './atomically.ts'
import { toColumns } from './columns.ts'
import type { Database } from './database.ts'
import { findByAddress, findUsers } from './find-users.ts'
import { searchUsers } from './search-users.ts'
import { toUser } from './to-user.ts'
import { orTaken } from './unique-violation.ts'
import { writeMetadataValues } from './write-metadata-values.ts'

/** By which users are found, and in which they must differ. */
const toKeys = (user: UserPatch): { emailKey?: string | null; usernameKey?: string | null } => ({
  ...('email' in user && { emailKey: user.email?.toLowerCase() ?? null }),
  ...('username' in user && { usernameKey: user.username?.toLowerCase() ?? null }),
})

const createUser = (db: Database, tenant: string, user: User): Promise<'created' | 'exists'> =>
  atomically(db, async (transaction) => {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('users')
      .values({ tenant, ...toColumns(user), ...toKeys(user) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows !== 1n) return 'exists'
    await writeMetadataValues(transaction, { tenant, userId: user.id }, user)
    return 'created'
  })

const updateUser = (db: Database, key: { tenant: string; id: string }, change: { patch: UserPatch; now: number }) =>
  atomically(db, async (transaction) => {
    const { patch, now } = change
    const { tenant, id } = key
    const row = await transaction
      .updateTable('users')
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .set({ ...toColumns(patch), ...toKeys(patch), updatedAt: now })
      .returningAll()
      .executeTakeFirst()
    if (row) await writeMetadataValues(transaction, { tenant, userId: id }, patch)
    return row
  })

export const createSqlUserStore = (db: Database): UserStore => {
  const ofTenant = (tenant: string) => db.selectFrom('users').selectAll().where('tenant', '=', tenant)
  const ofConnection = (tenant: string, connection: string) => ofTenant(tenant).where('connection', '=', connection)
  const updating = (tenant: string, id: string) =>
    db.updateTable('users').where('tenant', '=', tenant).where('id', '=', id)

  return {
    create: (tenant, user) => createUser(db, tenant, user),
    search: (tenant, search) => searchUsers(db, tenant, search),

    async find(tenant, id) {
      const row = await ofTenant(tenant).where('id', '=', id).executeTakeFirst()
      return row && toUser(row)
    },

    findAll: (tenant, ids) => findUsers(db, tenant, ids),

    async findByEmail(tenant, connection, email) {
      const row = await ofConnection(tenant, connection).where('emailKey', '=', email.toLowerCase()).executeTakeFirst()
      return row && toUser(row)
    },

    findByAddress: (tenant, email) => findByAddress(db, tenant, email),

    async findByUsername(tenant, connection, username) {
      const key = username.toLowerCase()
      const row = await ofConnection(tenant, connection).where('usernameKey', '=', key).executeTakeFirst()
      return row && toUser(row)
    },

    async update(tenant, id, patch, now) {
      const row = await orTaken(updateUser(db, { tenant, id }, { patch, now }))
      return row === 'taken' ? 'exists' : row && toUser(row)
    },

    async completeReset(tenant, id, { passwordHash, account, by, marksEmailVerified, now }) {
      const { email, createdAt, passwordChangedAt } = account
      const { numUpdatedRows } = await updating(tenant, id)
        .where('blocked', '=', 0)
        .where('createdAt', '=', createdAt)
        .where(({ eb }) => (email === undefined ? eb('email', 'is', null) : eb('email', '=', email)))
        .where(({ eb }) =>
          passwordChangedAt === undefined
            ? eb('passwordChangedAt', 'is', null)
            : eb('passwordChangedAt', '=', passwordChangedAt),
        )
        .set({ passwordHash, passwordChangedAt: now, lastPasswordReset: now, lastResetBy: by, updatedAt: now })
        .$if(marksEmailVerified, (update) => update.set({ emailVerified: 1 }))
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n ? 'completed' : 'superseded'
    },

    async remove(tenant, id) {
      const { numDeletedRows } = await db
        .deleteFrom('users')
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n ? 'removed' : 'unknown'
    },
  }
}
