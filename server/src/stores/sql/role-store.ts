import type { Selectable } from 'kysely'
import type { Role, RoleStore } from '../../roles/role.ts'
import { toColumns, withoutNulls } from './columns.ts'
import { containing } from './containing.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { countRows } from './slice.ts'
import { inPosition } from './take-positions.ts'
import { orTaken } from './unique-violation.ts'

export const toRole = ({ id, name, description }: Pick<Selectable<Schema['roles']>, keyof Role>): Role =>
  withoutNulls({ id, name, description })

export const createSqlRoleStore = (db: Database): RoleStore => {
  const ofTenant = (tenant: string) => db.selectFrom('roles').where('tenant', '=', tenant)

  const find: RoleStore['find'] = async (tenant, id) => {
    const row = await ofTenant(tenant).selectAll().where('id', '=', id).executeTakeFirst()
    return row && toRole(row)
  }

  return {
    create: (tenant, role, most) =>
      inPosition(db, { tenant, list: 'roles' }, async (transaction, position) => {
        const stored = transaction.selectFrom('roles').where('tenant', '=', tenant)
        if ((await countRows(stored)) >= most) return 'too-many'
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('roles')
          .values({ tenant, ...toColumns(role), position })
          .onConflict((conflict) => conflict.columns(['tenant', 'name']).doNothing())
          .executeTakeFirstOrThrow()
        return numInsertedOrUpdatedRows === 1n ? 'created' : 'name-taken'
      }),

    find,

    async list(tenant, { name }, { offset, limit }) {
      const matching = ofTenant(tenant).$if(name !== undefined, (query) => query.where(containing('name', name ?? '')))
      const total = await countRows(matching)
      const rows = await matching.selectAll().orderBy('position').limit(limit).offset(offset).execute()
      return { items: rows.map(toRole), total }
    },

    async update(tenant, id, patch) {
      if (Object.keys(patch).length === 0) return find(tenant, id)
      const update = db.updateTable('roles').set(toColumns(patch)).where('tenant', '=', tenant).where('id', '=', id)
      const row = await orTaken(update.returningAll().executeTakeFirst())
      return row === 'taken' ? 'name-taken' : row && toRole(row)
    },

    async remove(tenant, id) {
      const { numDeletedRows } = await db
        .deleteFrom('roles')
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n ? 'removed' : 'unknown'
    },
  }
}
