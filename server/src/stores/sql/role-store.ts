import type { Selectable } from 'kysely'
import type { Role, RoleStore } from '../../roles/role.ts'
import { nextPosition, toColumns, withoutNulls } from './columns.ts'
import { containing } from './containing.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { countOf } from './slice.ts'
import { orTaken } from './unique-violation.ts'

export const toRole = ({ id, name, description }: Pick<Selectable<Schema['roles']>, keyof Role>): Role =>
  withoutNulls({ id, name, description })

export const createSqlRoleStore = (db: Database): RoleStore => {
  const ofTenant = (tenant: string) => db.selectFrom('roles').where('tenant', '=', tenant)

  return {
    create: (tenant, role, most) =>
      db.transaction().execute(async (transaction) => {
        const stored = transaction.selectFrom('roles').where('tenant', '=', tenant)
        if ((await countOf(stored.select(({ fn }) => fn.countAll().as('count')))) >= most) return 'too-many'
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('roles')
          .values({ tenant, ...toColumns(role), position: nextPosition('roles', tenant) })
          .onConflict((conflict) => conflict.columns(['tenant', 'name']).doNothing())
          .executeTakeFirstOrThrow()
        return numInsertedOrUpdatedRows === 1n ? 'created' : 'name-taken'
      }),

    async find(tenant, id) {
      const row = await ofTenant(tenant).selectAll().where('id', '=', id).executeTakeFirst()
      return row && toRole(row)
    },

    async list(tenant, { name }, { offset, limit }) {
      const matching = ofTenant(tenant).$if(name !== undefined, (query) => query.where(containing('name', name ?? '')))
      const total = await countOf(matching.select(({ fn }) => fn.countAll().as('count')))
      const rows = await matching.selectAll().orderBy('position').limit(limit).offset(offset).execute()
      return { items: rows.map(toRole), total }
    },

    async update(tenant, id, patch) {
      if (Object.keys(patch).length === 0) return this.find(tenant, id)
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
