/**
 * What clients may do with the management API becomes a grant of its own. Until now only the client that a tenant starts
 * with had scopes, all of them: its grant holds those of later versions too.
 */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const clientGrants = (db: Kysely<unknown>) =>
  tenantTable(db, 'client_grants')
    .addColumn('id', 'text', required)
    .addColumn('client_id', 'text', required)
    .addColumn('scopes', 'text', required)
    .addColumn('allows_all_scopes', 'integer', required)
    .addColumn('kept', 'text', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('client_grants_pk', ['tenant', 'id'])
    .addUniqueConstraint('client_grants_client', ['tenant', 'client_id'])
    .addForeignKeyConstraint(
      'client_grants_client_id',
      ['tenant', 'client_id'],
      'clients',
      ['tenant', 'client_id'],
      (key) => key.onDelete('cascade'),
    )

const clientColumns = [
  { name: 'app_type', type: 'text' },
  { name: 'auth_method', type: 'text' },
  { name: 'grant_types', type: 'text' },
] as const

export const clientGrantTables: Migration = {
  async up(db: Kysely<unknown>) {
    await clientGrants(db).execute()
    const clients = db.schema.alterTable('clients')
    for (const { name, type } of clientColumns) await clients.addColumn(name, type).execute()
    await clients.addColumn('is_first_party', 'integer', (column) => column.notNull().defaultTo(1)).execute()
    await clients.addColumn('kept', 'text', (column) => column.notNull().defaultTo('{}')).execute()
    await sql`insert into client_grants (tenant, id, client_id, scopes, allows_all_scopes, kept, position)
      select tenant, 'cgr_' || substr(client_id, 1, 16), client_id, '[]', 1, '{}', position
      from clients where management_scopes <> '[]'`.execute(db)
    await sql`update clients set app_type = 'non_interactive' where management_scopes <> '[]'`.execute(db)
    await clients.dropColumn('management_scopes').execute()
  },
}
