import type { Selectable } from 'kysely'
import type { Client, ClientStore, ListedClient } from '../../clients/client.ts'
import { toColumns, withoutNulls } from './columns.ts'
import type { Database } from './database.ts'
import { requireReadable } from './require-readable.ts'
import type { Schema } from './schema.ts'
import { countRows } from './slice.ts'
import { inPosition } from './take-positions.ts'

const toClient = ({
  tenant: _tenant,
  position: _position,
  grantTypes,
  credentials,
  assertionCredentials,
  ...row
}: Selectable<Schema['clients']>): Client => ({
  ...withoutNulls(row),
  metadata: JSON.parse(row.metadata),
  isFirstParty: row.isFirstParty === 1,
  ...(grantTypes !== null && { grantTypes: JSON.parse(grantTypes) }),
  ...(credentials !== null && { credentials: JSON.parse(credentials) }),
  ...(assertionCredentials !== null && { assertionCredentials: JSON.parse(assertionCredentials) }),
  kept: JSON.parse(row.kept),
})

const large = ['metadata', 'kept', 'grantTypes', 'credentials'] as const

const findAll = async (db: Database, tenant: string, clientIds: readonly string[]): Promise<Client[]> => {
  if (clientIds.length === 0) return []
  const clients = db.selectFrom('clients').where('tenant', '=', tenant).where('clientId', 'in', clientIds)
  await requireReadable(clients, large)
  const found = new Map((await clients.selectAll().execute()).map((row) => [row.clientId, row]))
  return clientIds.flatMap((id) => {
    const row = found.get(id)
    return row ? [toClient(row)] : []
  })
}

export const createSqlClientStore = (db: Database): ClientStore => {
  const find: ClientStore['find'] = async (tenant, clientId) => {
    const row = await db
      .selectFrom('clients')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('clientId', '=', clientId)
      .executeTakeFirst()
    return row && toClient(row)
  }

  return {
    find,

    create: (tenant, client, bound) =>
      inPosition(db, { tenant, list: 'clients' }, async (transaction, position) => {
        const stored = transaction.selectFrom('clients').where('tenant', '=', tenant)
        if (bound && (await countRows(stored)) >= bound.most) return 'too-many'
        const row = { tenant, position, ...toColumns(client) }
        await transaction.insertInto('clients').values(row).execute()
        return 'created'
      }),

    async list(tenant) {
      const clients = db.selectFrom('clients').select(['clientId', 'name', 'appType', 'isFirstParty'])
      const rows = await clients.where('tenant', '=', tenant).orderBy('position').execute()
      return rows.map((row): ListedClient => ({ ...withoutNulls(row), isFirstParty: row.isFirstParty === 1 }))
    },

    findAll: (tenant, clientIds) => findAll(db, tenant, clientIds),

    async update(tenant, clientId, patch) {
      if (Object.keys(patch).length === 0) return find(tenant, clientId)
      const row = await db
        .updateTable('clients')
        .set(toColumns(patch))
        .where('tenant', '=', tenant)
        .where('clientId', '=', clientId)
        .returningAll()
        .executeTakeFirst()
      return row && toClient(row)
    },

    async remove(tenant, clientId) {
      const { numDeletedRows } = await db
        .deleteFrom('clients')
        .where('tenant', '=', tenant)
        .where('clientId', '=', clientId)
        .executeTakeFirstOrThrow()
      return numDeletedRows === 1n ? 'removed' : 'unknown'
    },
  }
}
