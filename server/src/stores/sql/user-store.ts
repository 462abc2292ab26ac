import type { User, UserPatch } from '../../users/user.ts'
import type { UserStore } from '../../users/user-store.ts'
import { toColumns, withoutNulls } from './columns.ts'
import type { Database } from './database.ts'
import type { UserRow } from './schema.ts'
import { orTaken } from './unique-violation.ts'

const toUser = ({ tenant: _tenant, emailKey: _emailKey, usernameKey: _usernameKey, ...row }: UserRow): User => {
  const { phoneVerified, ...present } = withoutNulls(row)
  return {
    ...present,
    emailVerified: row.emailVerified === 1,
    ...(phoneVerified !== undefined && { phoneVerified: phoneVerified === 1 }),
    blocked: row.blocked === 1,
    userMetadata: JSON.parse(row.userMetadata),
    appMetadata: JSON.parse(row.appMetadata),
  }
}

/** By which users are found, and in which they must differ. */
const toKeys = (user: UserPatch): { emailKey?: string | null; usernameKey?: string | null } => ({
  ...('email' in user && { emailKey: user.email?.toLowerCase() ?? null }),
  ...('username' in user && { usernameKey: user.username?.toLowerCase() ?? null }),
})

export const createSqlUserStore = (db: Database): UserStore => {
  const ofTenant = (tenant: string) => db.selectFrom('users').selectAll().where('tenant', '=', tenant)
  const ofConnection = (tenant: string, connection: string) => ofTenant(tenant).where('connection', '=', connection)
  const updating = (tenant: string, id: string) =>
    db.updateTable('users').where('tenant', '=', tenant).where('id', '=', id)

  return {
    async create(tenant, user) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('users')
        .values({ tenant, ...toColumns(user), ...toKeys(user) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n ? 'created' : 'exists'
    },

    async find(tenant, id) {
      const row = await ofTenant(tenant).where('id', '=', id).executeTakeFirst()
      return row && toUser(row)
    },

    async findByEmail(tenant, connection, email) {
      const row = await ofConnection(tenant, connection).where('emailKey', '=', email.toLowerCase()).executeTakeFirst()
      return row && toUser(row)
    },

    async findByUsername(tenant, connection, username) {
      const key = username.toLowerCase()
      const row = await ofConnection(tenant, connection).where('usernameKey', '=', key).executeTakeFirst()
      return row && toUser(row)
    },

    async update(tenant, id, patch, now) {
      const update = updating(tenant, id).set({ ...toColumns(patch), ...toKeys(patch), updatedAt: now })
      const row = await orTaken(update.returningAll().executeTakeFirst())
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
