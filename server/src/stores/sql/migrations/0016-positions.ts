/** The last position that each list of a tenant has given out: that of a row which is gone is not given again. */
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const lists = {
  clientGrants: 'client_grants',
  clients: 'clients',
  connections: 'connections',
  enrollments: 'enrollments',
  roles: 'roles',
  userRoles: 'user_roles',
  organizations: 'organizations',
  organizationMembers: 'organization_members',
}

export const positions: Migration = {
  async up(db: Kysely<unknown>) {
    await tenantTable(db, 'positions')
      .addColumn('list', 'text', required)
      .addColumn('last', 'integer', required)
      .addPrimaryKeyConstraint('positions_pk', ['tenant', 'list'])
      .execute()
    for (const [list, table] of Object.entries(lists)) {
      await sql`insert into positions (tenant, list, last)
        select tenant, ${list}, max(position) from ${sql.table(table)} group by tenant`.execute(db)
    }
  },
}
