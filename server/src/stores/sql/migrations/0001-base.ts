/** Tenants and what they own, and the short-lived state of their users' resets. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const tenants = (db: Kysely<unknown>) =>
  db.schema
    .createTable('tenants')
    .addColumn('name', 'text', (column) => column.notNull().primaryKey())
    .addColumn('domain', 'text', (column) => column.notNull().unique())
    .addColumn('scheme', 'text', required)
    .addColumn('settings', 'text', required)
    .addColumn('factors', 'text', required)
    .addColumn('limits', 'text', required)
    .addColumn('created_at', 'bigint', required)

const clients = (db: Kysely<unknown>) =>
  tenantTable(db, 'clients')
    .addColumn('client_id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('secret_hash', 'text')
    .addColumn('metadata', 'text', required)
    .addColumn('initiate_login_uri', 'text')
    .addColumn('management_scopes', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('clients_pk', ['tenant', 'client_id'])

const connections = (db: Kysely<unknown>) =>
  tenantTable(db, 'connections')
    .addColumn('id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('strategy', 'text', required)
    .addColumn('metadata', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('connections_pk', ['tenant', 'id'])
    .addUniqueConstraint('connections_name', ['tenant', 'name'])

const users = (db: Kysely<unknown>) =>
  tenantTable(db, 'users')
    .addColumn('id', 'text', required)
    .addColumn('connection', 'text', required)
    .addColumn('email', 'text')
    .addColumn('email_key', 'text')
    .addColumn('email_verified', 'integer', required)
    .addColumn('username', 'text')
    .addColumn('username_key', 'text')
    .addColumn('phone_number', 'text')
    .addColumn('phone_verified', 'integer')
    .addColumn('name', 'text')
    .addColumn('nickname', 'text')
    .addColumn('given_name', 'text')
    .addColumn('family_name', 'text')
    .addColumn('picture', 'text')
    .addColumn('user_metadata', 'text', required)
    .addColumn('app_metadata', 'text', required)
    .addColumn('blocked', 'integer', required)
    .addColumn('logins_count', 'integer', required)
    .addColumn('password_hash', 'text')
    .addColumn('password_changed_at', 'bigint')
    .addColumn('last_password_reset', 'bigint')
    .addColumn('last_reset_by', 'text')
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addPrimaryKeyConstraint('users_pk', ['tenant', 'id'])
    .addUniqueConstraint('users_email', ['tenant', 'connection', 'email_key'])
    .addUniqueConstraint('users_username', ['tenant', 'connection', 'username_key'])

const enrollments = (db: Kysely<unknown>) =>
  tenantTable(db, 'enrollments')
    .addColumn('id', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('type', 'text', required)
    .addColumn('name', 'text')
    .addColumn('created_at', 'bigint', required)
    .addColumn('last_auth_at', 'bigint')
    .addColumn('last_step', 'bigint')
    .addColumn('counter', 'bigint')
    .addColumn('code_hash', 'text')
    .addColumn('details', 'text', required)
    .addColumn('position', 'integer', required)
    .addPrimaryKeyConstraint('enrollments_pk', ['tenant', 'id'])
    .addForeignKeyConstraint('enrollments_user', ['tenant', 'user_id'], 'users', ['tenant', 'id'], (key) =>
      key.onDelete('cascade'),
    )

const executions = (db: Kysely<unknown>) =>
  tenantTable(db, 'executions')
    .addColumn('id', 'text', required)
    .addColumn('trigger', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('status', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addPrimaryKeyConstraint('executions_pk', ['tenant', 'id'])

const executionResults = (db: Kysely<unknown>) =>
  tenantTable(db, 'execution_results')
    .addColumn('execution_id', 'text', required)
    .addColumn('position', 'integer', required)
    .addColumn('result', 'text', required)
    .addPrimaryKeyConstraint('execution_results_pk', ['tenant', 'execution_id', 'position'])
    .addForeignKeyConstraint(
      'execution_results_execution',
      ['tenant', 'execution_id'],
      'executions',
      ['tenant', 'id'],
      (key) => key.onDelete('cascade'),
    )

const tickets = (db: Kysely<unknown>) =>
  tenantTable(db, 'tickets')
    .addColumn('hash', 'text', required)
    .addColumn('user_id', 'text', required)
    .addColumn('purpose', 'text', required)
    .addColumn('redeemed_by', 'text')
    .addColumn('expires_at', 'bigint', required)
    .addColumn('record', 'text', required)
    .addPrimaryKeyConstraint('tickets_pk', ['tenant', 'hash'])
    .addUniqueConstraint('tickets_newest', ['tenant', 'user_id', 'purpose'])

const transactions = (db: Kysely<unknown>) =>
  tenantTable(db, 'transactions')
    .addColumn('id', 'text', required)
    .addColumn('revision', 'integer', required)
    .addColumn('expires_at', 'bigint', required)
    .addColumn('record', 'text', required)
    .addPrimaryKeyConstraint('transactions_pk', ['tenant', 'id'])

const rateBuckets = (db: Kysely<unknown>) =>
  tenantTable(db, 'rate_buckets')
    .addColumn('name', 'text', required)
    .addColumn('full_at', 'bigint', required)
    .addPrimaryKeyConstraint('rate_buckets_pk', ['tenant', 'name'])

const rateWindows = (db: Kysely<unknown>) =>
  tenantTable(db, 'rate_windows')
    .addColumn('name', 'text', required)
    .addColumn('count', 'integer', required)
    .addColumn('ends_at', 'bigint', required)
    .addPrimaryKeyConstraint('rate_windows_pk', ['tenant', 'name'])

const actionCache = (db: Kysely<unknown>) =>
  tenantTable(db, 'action_cache')
    .addColumn('trigger', 'text', required)
    .addColumn('key', 'text', required)
    .addColumn('value', 'text', required)
    .addColumn('expires_at', 'bigint', required)
    .addPrimaryKeyConstraint('action_cache_pk', ['tenant', 'trigger', 'key'])

/** Tables first that others refer to. */
const tables = [
  tenants,
  clients,
  connections,
  users,
  enrollments,
  executions,
  executionResults,
  tickets,
  transactions,
  rateBuckets,
  rateWindows,
  actionCache,
]

/** What is looked for by something else than its key. */
const indexes = [
  { name: 'enrollments_of_user', table: 'enrollments', columns: ['tenant', 'user_id'] },
  { name: 'tickets_expiry', table: 'tickets', columns: ['expires_at'] },
  { name: 'transactions_expiry', table: 'transactions', columns: ['expires_at'] },
  { name: 'rate_buckets_expiry', table: 'rate_buckets', columns: ['full_at'] },
  { name: 'rate_windows_expiry', table: 'rate_windows', columns: ['ends_at'] },
  { name: 'action_cache_expiry', table: 'action_cache', columns: ['expires_at'] },
]

export const base: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of tables) await table(db).execute()
    for (const { name, table, columns } of indexes) {
      await db.schema.createIndex(name).on(table).columns(columns).execute()
    }
  },
}
