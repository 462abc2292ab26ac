import type { Selectable } from 'kysely'
import type { ClientGrant, ClientGrantStore } from '../../client-grants/client-grant.ts'
import { toColumns } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { countRows, cut, toSliced } from './slice.ts'
import { inPosition } from './take-positions.ts'

const toGrant = ({ id, clientId, scopes, allowsAllScopes, kept }: Selectable<Schema['clientGrants']>): ClientGrant => ({
  id,
  clientId,
  scopes: JSON.parse(scopes),
  allowsAllScopes: allowsAllScopes === 1,
  kept: JSON.parse(kept),
})

/** In one transaction: the client cannot go between the look and the write. */
const create =
  (db: Database): ClientGrantStore['create'] =>
  (tenant, grant) =>
    inPosition(db, { tenant, list: 'clientGrants' }, async (transaction, position) => {
      const client = transaction
        .selectFrom('clients')
        .select('clientId')
        .where('tenant', '=', tenant)
        .where('clientId', '=', grant.clientId)
      if (!(await client.executeTakeFirst())) return 'unknown-client'
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('clientGrants')
        .values({ tenant, ...toColumns(grant), position })
        .onConflict((conflict) => conflict.columns(['tenant', 'clientId']).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n ? 'created' : 'exists'
    })

export const createSqlClientGrantStore = (db: Database): ClientGrantStore => {
  const ofTenant = (tenant: string) => db.selectFrom('clientGrants').where('tenant', '=', tenant)

  const find: ClientGrantStore['find'] = async (tenant, id) => {
    const row = await ofTenant(tenant).selectAll().where('id', '=', id).executeTakeFirst()
    return row && toGrant(row)
  }

  return {
    create: create(db),

    find,

    async findOf(tenant, clientId) {
      const row = await ofTenant(tenant).selectAll().where('clientId', '=', clientId).executeTakeFirst()
      return row && toGrant(row)
    },

    async list(tenant, { clientId }, slice) {
      const matching = ofTenant(tenant).$if(clientId !== undefined, (query) =>
        query.where('clientId', '=', clientId ?? ''),
      )
      const total = await countRows(matching)
      const rows = await cut(matching.selectAll(), slice).execute()
      return toSliced(rows, { limit: slice.limit, total, toItem: toGrant })
    },

    async update(tenant, id, patch) {
      if (Object.keys(patch).length === 0) return find(tenant, id)
      const row = await db
        .updateTable('clientGrants')
        .set(toColumns(patch))
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && toGrant(row)
    },

    async remove(tenant, id) {
      const { numDeletedRows } = await db
        .deleteFrom('clientGrants')
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n ? 'removed' : 'unknown'
    },
  }
}
