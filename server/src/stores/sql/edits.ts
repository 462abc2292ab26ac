/** Edits that depend on what is stored: the record is read and written in one transaction. */
import type { EditClientGrant } from '../../client-grants/edit-client-grant.ts'
import type { EditClient } from '../../clients/edit-client.ts'
import type { EditConnection } from '../../connections/edit-connection.ts'
import type { EditSettings } from '../../tenants/edit-settings.ts'
import type { EditTenant } from '../../tenants/edit-tenant.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import type { CompleteReset } from '../../transactions/complete-reset.ts'
import type { EditUser } from '../../users/edit-user.ts'
import { createSqlClientGrantStore } from './client-grant-store.ts'
import { createSqlClientStore } from './client-store.ts'
import { createSqlConnectionStore } from './connection-store.ts'
import type { Database } from './database.ts'
import { createSqlKeptSettingsStore } from './kept-settings-store.ts'
import { appendLogs } from './log-store.ts'
import { createSqlTenantStore } from './tenant-store.ts'
import { createSqlUserStore } from './user-store.ts'

interface Edits {
  editTenant: EditTenant
  editSettings: EditSettings
  editUser: EditUser
  editClient: EditClient
  editClientGrant: EditClientGrant
  editConnection: EditConnection
  completeReset: CompleteReset
}

export const createSqlEdits = (db: Database): Edits => ({
  editTenant: (name, change) =>
    db.transaction().execute(async (transaction) => {
      const store = createSqlTenantStore(transaction)
      const tenant = await store.find(name)
      return tenant && store.update(name, change(tenant))
    }),

  editSettings: (name, { subject, change }) =>
    db.transaction().execute(async (transaction) => {
      const store = createSqlTenantStore(transaction)
      const keptSettings = createSqlKeptSettingsStore(transaction)
      const tenant = await store.find(name)
      if (!tenant) return undefined
      const { patch, kept } = change({ tenant, kept: await keptSettings.find(name, subject) })
      const updated = await store.update(name, patch)
      await keptSettings.save(name, subject, kept)
      // Without a new domain it can be nothing else.
      return { tenant: updated as Tenant, kept }
    }),

  editUser: (tenant, id, { now, change }) =>
    db.transaction().execute(async (transaction) => {
      const store = createSqlUserStore(transaction)
      const user = await store.find(tenant, id)
      return user && store.update(tenant, id, change(user), now)
    }),

  editClient: (tenant, clientId, change) =>
    db.transaction().execute(async (transaction) => {
      const store = createSqlClientStore(transaction)
      const client = await store.find(tenant, clientId)
      return client && store.update(tenant, clientId, change(client))
    }),

  editClientGrant: (tenant, id, change) =>
    db.transaction().execute(async (transaction) => {
      const store = createSqlClientGrantStore(transaction)
      const grant = await store.find(tenant, id)
      return grant && store.update(tenant, id, change(grant))
    }),

  editConnection: (tenant, id, change) =>
    db.transaction().execute(async (transaction) => {
      const store = createSqlConnectionStore(transaction)
      const connection = await store.find(tenant, id)
      return connection && store.update(tenant, id, change(connection))
    }),

  completeReset: (tenant, userId, { reset, entry }) =>
    db.transaction().execute(async (transaction) => {
      const result = await createSqlUserStore(transaction).completeReset(tenant, userId, reset)
      if (result === 'completed') await appendLogs(transaction, tenant, [entry])
      return result
    }),
})
