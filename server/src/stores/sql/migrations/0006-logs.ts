/** Tenants' logs. Numbers of entries come from a row per tenant: writing it first is how two writers wait for each other. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const logs = (db: Kysely<unknown>) =>
  tenantTable(db, 'logs')
    .addColumn('number', 'bigint', required)
    .addColumn('id', 'text', required)
    .addColumn('date', 'bigint', required)
    .addColumn('type', 'text', required)
    .addColumn('description', 'text', required)
    .addColumn('connection', 'text')
    .addColumn('connection_id', 'text')
    .addColumn('strategy', 'text')
    .addColumn('strategy_type', 'text')
    .addColumn('client_id', 'text')
    .addColumn('client_name', 'text')
    .addColumn('ip', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('hostname', 'text')
    .addColumn('user_id', 'text')
    .addColumn('user_name', 'text')
    .addColumn('organization_id', 'text')
    .addColumn('audience', 'text')
    .addColumn('scope', 'text')
    .addColumn('details', 'text')
    .addPrimaryKeyConstraint('logs_pk', ['tenant', 'number'])

const logNumbers = (db: Kysely<unknown>) =>
  tenantTable(db, 'log_numbers')
    .addColumn('number', 'bigint', required)
    .addColumn('at', 'bigint', required)
    .addPrimaryKeyConstraint('log_numbers_pk', ['tenant'])

const indexes = [
  { name: 'logs_date', columns: ['tenant', 'date'] },
  { name: 'logs_of_user', columns: ['tenant', 'user_id', 'date'] },
]

export const logTables: Migration = {
  async up(db: Kysely<unknown>) {
    await logs(db).execute()
    await logNumbers(db).execute()
    for (const { name, columns } of indexes) {
      await db.schema.createIndex(name).on('logs').columns(columns).execute()
    }
    // Executions are removed tenant by tenant now, each by its own limit.
    await db.schema.dropIndex('executions_expiry').execute()
    await db.schema.createIndex('executions_expiry').on('executions').columns(['tenant', 'updated_at']).execute()
  },
}
