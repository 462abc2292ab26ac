import type { AddTenant } from '../../provisioning/create-tenant.ts'
import { createSqlClientGrantStore } from './client-grant-store.ts'
import { createSqlClientStore } from './client-store.ts'
import { createSqlConnectionStore } from './connection-store.ts'
import type { Database } from './database.ts'
import { createSqlTenantStore } from './tenant-store.ts'

export const createSqlAddTenant =
  (db: Database): AddTenant =>
  ({ tenant, connection, client, grant }) =>
    db.transaction().execute(async (transaction) => {
      const result = await createSqlTenantStore(transaction).create(tenant)
      if (result !== 'created') return result
      await createSqlConnectionStore(transaction).create(tenant.name, connection)
      await createSqlClientStore(transaction).create(tenant.name, client)
      await createSqlClientGrantStore(transaction).create(tenant.name, grant)
      return 'created'
    })
