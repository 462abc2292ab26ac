/** Users are listed by age and searched, also by their metadata. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { type MetadataValue, metadataValues } from '../metadata-values.ts'
import { required, tenantTable } from './tenant-table.ts'

interface Owner {
  tenant: string
  userId: string
}

/** The tables as they are here, whatever later migrations make of them. */
interface Tables {
  users: { tenant: string; id: string; userMetadata: string; appMetadata: string }
  metadataValues: Owner & MetadataValue & { root: string; position: number }
}

const metadataTable = (db: Kysely<unknown>) =>
  tenantTable(db, 'metadata_values')
    .addColumn('user_id', 'text', required)
    .addColumn('root', 'text', required)
    .addColumn('position', 'integer', required)
    .addColumn('path', 'text', required)
    .addColumn('value', 'text', required)
    .addColumn('number', 'double precision')
    .addPrimaryKeyConstraint('metadata_values_pk', ['tenant', 'user_id', 'root', 'position'])
    .addForeignKeyConstraint('metadata_values_user', ['tenant', 'user_id'], 'users', ['tenant', 'id'], (key) =>
      key.onDelete('cascade'),
    )

const indexes = [
  { name: 'metadata_values_found', table: 'metadata_values', columns: ['tenant', 'path', 'value'] },
  { name: 'metadata_values_ranged', table: 'metadata_values', columns: ['tenant', 'path', 'number'] },
  { name: 'users_age', table: 'users', columns: ['tenant', 'created_at', 'id'] },
  { name: 'users_address', table: 'users', columns: ['tenant', 'email_key'] },
]

/** Of one user that is there already. */
const fill = async (db: Kysely<Tables>, { tenant, userId }: Owner): Promise<void> => {
  const stored = await db
    .selectFrom('users')
    .select(['userMetadata', 'appMetadata'])
    .where('tenant', '=', tenant)
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const roots = { user_metadata: stored.userMetadata, app_metadata: stored.appMetadata }
  for (const [root, text] of Object.entries(roots)) {
    const values = metadataValues(JSON.parse(text), root)
    const rows = values.map((value, position) => ({ tenant, userId, root, position, ...value }))
    if (rows.length > 0) await db.insertInto('metadataValues').values(rows).execute()
  }
}

export const userSearch: Migration = {
  async up(db: Kysely<unknown>) {
    await metadataTable(db).execute()
    for (const { name, table, columns } of indexes) {
      await db.schema.createIndex(name).on(table).columns(columns).execute()
    }
    const tables = db as Kysely<Tables>
    const users = await tables.selectFrom('users').select(['tenant', 'id as userId']).execute()
    // One by one: all their metadata may be more than fits into memory.
    for (const user of users) await fill(tables, user)
  },
}
