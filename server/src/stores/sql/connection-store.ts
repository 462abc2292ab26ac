import type { Selectable } from 'kysely'
import type { Connection, ConnectionStore } from '../../connections/connection.ts'
import { nextPosition, toColumns } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

const toConnection = ({
  tenant: _tenant,
  position: _position,
  ...row
}: Selectable<Schema['connections']>): Connection => ({ ...row, metadata: JSON.parse(row.metadata) })

export const createSqlConnectionStore = (db: Database): ConnectionStore => {
  const ofTenant = (tenant: string) => db.selectFrom('connections').selectAll().where('tenant', '=', tenant)

  return {
    async create(tenant, connection) {
      const position = nextPosition('connections', tenant)
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('connections')
        .values({ tenant, position, ...toColumns(connection) })
        .onConflict((conflict) => conflict.columns(['tenant', 'name']).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n ? 'created' : 'name-taken'
    },

    async find(tenant, id) {
      const row = await ofTenant(tenant).where('id', '=', id).executeTakeFirst()
      return row && toConnection(row)
    },

    async findByName(tenant, name) {
      const row = await ofTenant(tenant).where('name', '=', name).executeTakeFirst()
      return row && toConnection(row)
    },

    async list(tenant) {
      const rows = await ofTenant(tenant).orderBy('position').execute()
      return rows.map(toConnection)
    },
  }
}
