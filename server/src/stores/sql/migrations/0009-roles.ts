/** Roles, and who has which. A user or a role that goes takes its assignments along. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const roles = (db: Kysely<unknown>) =>
  tenantTable(db, 'roles')
    .addColumn('id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('description', 'text')
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('roles_pk', ['tenant', 'id'])
    .addUniqueConstraint('roles_name', ['tenant', 'name'])

const userRoles = (db: Kysely<unknown>) =>
  tenantTable(db, 'user_roles')
    .addColumn('user_id', 'text', required)
    .addColumn('role_id', 'text', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('user_roles_pk', ['tenant', 'user_id', 'role_id'])
    .addForeignKeyConstraint('user_roles_user', ['tenant', 'user_id'], 'users', ['tenant', 'id'], (key) =>
      key.onDelete('cascade'),
    )
    .addForeignKeyConstraint('user_roles_role', ['tenant', 'role_id'], 'roles', ['tenant', 'id'], (key) =>
      key.onDelete('cascade'),
    )

export const roleTables: Migration = {
  async up(db: Kysely<unknown>) {
    await roles(db).execute()
    await userRoles(db).execute()
    for (const column of ['role_id', 'position']) {
      await db.schema.createIndex(`user_roles_${column}`).on('user_roles').columns(['tenant', column]).execute()
    }
  },
}
