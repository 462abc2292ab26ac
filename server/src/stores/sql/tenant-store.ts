import type { Selectable } from 'kysely'
import type { Tenant } from '../../tenants/tenant.ts'
import type { TenantStore } from '../../tenants/tenant-store.ts'
import { toColumns } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { orTaken } from './unique-violation.ts'

const toTenant = ({ guardian, ...row }: Selectable<Schema['tenants']>): Tenant => ({
  ...row,
  settings: JSON.parse(row.settings),
  factors: JSON.parse(row.factors),
  limits: JSON.parse(row.limits),
  branding: JSON.parse(row.branding),
  ...(guardian !== null && { guardian: JSON.parse(guardian) }),
})

export const createSqlTenantStore = (db: Database): TenantStore => {
  const find: TenantStore['find'] = async (name) => {
    const row = await db.selectFrom('tenants').selectAll().where('name', '=', name).executeTakeFirst()
    return row && toTenant(row)
  }

  return {
    find,

    async create(tenant) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('tenants')
        .values(toColumns(tenant))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 1n) return 'created'
      return (await find(tenant.name)) ? 'name-taken' : 'domain-taken'
    },

    async findByDomain(domain) {
      const row = await db.selectFrom('tenants').selectAll().where('domain', '=', domain).executeTakeFirst()
      return row && toTenant(row)
    },

    async list() {
      const rows = await db.selectFrom('tenants').selectAll().orderBy('name').execute()
      return rows.map(toTenant)
    },

    async update(name, patch) {
      if (Object.keys(patch).length === 0) return find(name)
      const update = db.updateTable('tenants').set(toColumns(patch)).where('name', '=', name).returningAll()
      const row = await orTaken(update.executeTakeFirst())
      return row === 'taken' ? 'domain-taken' : row && toTenant(row)
    },

    async remove(name) {
      const { numDeletedRows } = await db.deleteFrom('tenants').where('name', '=', name).executeTakeFirstOrThrow()
      return numDeletedRows === 1n ? 'removed' : 'unknown'
    },
  }
}
