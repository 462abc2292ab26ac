import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import type { Connection, ConnectionStore } from '../../connections/connection.ts'
import { toColumns } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'
import { countRows, cut, toSliced } from './slice.ts'
import { inPosition } from './take-positions.ts'

const toConnection = ({
  tenant: _tenant,
  position: _position,
  removed: _removed,
  enabledClients,
  ...row
}: Selectable<Schema['connections']>): Connection => ({
  ...row,
  metadata: JSON.parse(row.metadata),
  ...(enabledClients !== null && { enabledClients: JSON.parse(enabledClients) }),
  kept: JSON.parse(row.kept),
})

/** A statement blocks the embedded database and, with it, the server: one that deletes so many takes milliseconds. */
const atOnce = 500

const clear = async (db: Database, tenant: string): Promise<void> => {
  const removed = db.selectFrom('connections').where('tenant', '=', tenant).where('removed', '=', 1)
  for (const { id, name } of await removed.select(['id', 'name']).execute()) {
    for (;;) {
      const { numAffectedRows = 0n } = await sql`delete from users where tenant = ${tenant} and id in
        (select id from users where tenant = ${tenant} and connection = ${name} limit ${atOnce})`.execute(db)
      await nextTurn()
      if (numAffectedRows < BigInt(atOnce)) break
    }
    await db.deleteFrom('connections').where('tenant', '=', tenant).where('id', '=', id).execute()
  }
}

const createSql =
  (db: Database): ConnectionStore['create'] =>
  (tenant, connection, bound) =>
    inPosition(db, { tenant, list: 'connections' }, async (transaction, position) => {
      const stored = transaction.selectFrom('connections').where('tenant', '=', tenant).where('removed', '=', 0)
      if (bound && (await countRows(stored)) >= bound.most) return 'too-many'
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('connections')
        .values({ tenant, position, removed: 0, ...toColumns(connection) })
        .onConflict((conflict) => conflict.columns(['tenant', 'name']).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n ? 'created' : 'name-taken'
    })

export const createSqlConnectionStore = (db: Database): ConnectionStore => {
  const present = (tenant: string) => db.selectFrom('connections').where('tenant', '=', tenant).where('removed', '=', 0)
  const changing = (tenant: string, id: string) =>
    db.updateTable('connections').where('tenant', '=', tenant).where('id', '=', id).where('removed', '=', 0)

  const find: ConnectionStore['find'] = async (tenant, id) => {
    const row = await present(tenant).selectAll().where('id', '=', id).executeTakeFirst()
    return row && toConnection(row)
  }

  return {
    create: createSql(db),

    find,

    async findByName(tenant, name) {
      const row = await present(tenant).selectAll().where('name', '=', name).executeTakeFirst()
      return row && toConnection(row)
    },

    async page(tenant, { name, strategies }, slice) {
      let matching = present(tenant)
      if (name !== undefined) matching = matching.where('name', '=', name)
      if (strategies !== undefined) matching = matching.where('strategy', 'in', strategies)
      const total = await countRows(matching)
      const rows = await cut(matching.selectAll(), slice).execute()
      return toSliced(rows, { limit: slice.limit, total, toItem: toConnection })
    },

    async update(tenant, id, patch) {
      if (Object.keys(patch).length === 0) return find(tenant, id)
      const row = await changing(tenant, id).set(toColumns(patch)).returningAll().executeTakeFirst()
      return row && toConnection(row)
    },

    async remove(tenant, id) {
      const { numUpdatedRows } = await changing(tenant, id).set({ removed: 1 }).executeTakeFirstOrThrow()
      return numUpdatedRows === 1n ? 'removed' : 'unknown'
    },

    clear: (tenant) => clear(db, tenant),
  }
}
