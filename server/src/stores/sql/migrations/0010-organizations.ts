/** Organizations and their members. A user or an organization that goes takes its memberships along. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const organizations = (db: Kysely<unknown>) =>
  tenantTable(db, 'organizations')
    .addColumn('id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('metadata', 'text', required)
    .addColumn('branding', 'text')
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('organizations_pk', ['tenant', 'id'])
    .addUniqueConstraint('organizations_name', ['tenant', 'name'])

const members = (db: Kysely<unknown>) =>
  tenantTable(db, 'organization_members')
    .addColumn('organization_id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('organization_members_pk', ['tenant', 'organization_id', 'user_id'])
    .addForeignKeyConstraint(
      'organization_members_organization',
      ['tenant', 'organization_id'],
      'organizations',
      ['tenant', 'id'],
      (key) => key.onDelete('cascade'),
    )
    .addForeignKeyConstraint('organization_members_user', ['tenant', 'user_id'], 'users', ['tenant', 'id'], (key) =>
      key.onDelete('cascade'),
    )

const indexes = [
  { name: 'organizations_position', table: 'organizations', columns: ['tenant', 'position'] },
  { name: 'organization_members_user_id', table: 'organization_members', columns: ['tenant', 'user_id'] },
  { name: 'organization_members_position', table: 'organization_members', columns: ['tenant', 'position'] },
]

export const organizationTables: Migration = {
  async up(db: Kysely<unknown>) {
    await organizations(db).execute()
    await members(db).execute()
    for (const { name, table, columns } of indexes) {
      await db.schema.createIndex(name).on(table).columns(columns).execute()
    }
  },
}
