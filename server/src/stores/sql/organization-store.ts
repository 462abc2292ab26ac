import type { Selectable } from 'kysely'
import type { Organization, OrganizationStore } from '../../organizations/organization.ts'
import { toColumns } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { countRows, cut, toSliced } from './slice.ts'
import { inPosition } from './take-positions.ts'
import { orTaken } from './unique-violation.ts'

export const toOrganization = ({
  id,
  name,
  displayName,
  metadata,
  branding,
}: Selectable<Schema['organizations']>): Organization => ({
  id,
  name,
  displayName,
  metadata: JSON.parse(metadata),
  ...(branding !== null && { branding: JSON.parse(branding) }),
})

export const createSqlOrganizationStore = (db: Database): OrganizationStore => {
  const ofTenant = (tenant: string) => db.selectFrom('organizations').where('tenant', '=', tenant)

  const find: OrganizationStore['find'] = async (tenant, id) => {
    const row = await ofTenant(tenant).selectAll().where('id', '=', id).executeTakeFirst()
    return row && toOrganization(row)
  }

  return {
    create: (tenant, organization, most) =>
      inPosition(db, { tenant, list: 'organizations' }, async (transaction, position) => {
        const stored = transaction.selectFrom('organizations').where('tenant', '=', tenant)
        if ((await countRows(stored)) >= most) return 'too-many'
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('organizations')
          .values({ tenant, ...toColumns(organization), position })
          .onConflict((conflict) => conflict.columns(['tenant', 'name']).doNothing())
          .executeTakeFirstOrThrow()
        return numInsertedOrUpdatedRows === 1n ? 'created' : 'name-taken'
      }),

    find,

    async findByName(tenant, name) {
      const row = await ofTenant(tenant).selectAll().where('name', '=', name).executeTakeFirst()
      return row && toOrganization(row)
    },

    async list(tenant, slice) {
      const total = await countRows(ofTenant(tenant))
      const rows = await cut(ofTenant(tenant).selectAll(), slice).execute()
      return toSliced(rows, { limit: slice.limit, total, toItem: toOrganization })
    },

    async update(tenant, id, patch) {
      if (Object.keys(patch).length === 0) return find(tenant, id)
      const update = db
        .updateTable('organizations')
        .set(toColumns(patch))
        .where('tenant', '=', tenant)
        .where('id', '=', id)
      const row = await orTaken(update.returningAll().executeTakeFirst())
      return row === 'taken' ? 'name-taken' : row && toOrganization(row)
    },

    async remove(tenant, id) {
      const { numDeletedRows } = await db
        .deleteFrom('organizations')
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n ? 'removed' : 'unknown'
    },
  }
}
