/** Actions, their versions, artifacts and bindings, and the keys that sign management tokens. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const actions = (db: Kysely<unknown>) =>
  tenantTable(db, 'actions')
    .addColumn('id', 'text', required)
    .addColumn('name', 'text', required)
    .addColumn('trigger', 'text', required)
    .addColumn('code', 'text', required)
    .addColumn('runtime', 'text', required)
    .addColumn('secrets', 'text', required)
    .addColumn('revision', 'integer', required)
    .addColumn('status', 'text', required)
    .addColumn('errors', 'text', required)
    .addColumn('artifact_key', 'text')
    .addColumn('built_at', 'bigint')
    .addColumn('last_number', 'integer', required)
    .addColumn('deployed_version_id', 'text')
    .addColumn('all_changes_deployed', 'integer', required)
    .addColumn('created_at', 'bigint', required)
    .addColumn('updated_at', 'bigint', required)
    .addPrimaryKeyConstraint('actions_pk', ['tenant', 'id'])
    .addUniqueConstraint('actions_name', ['tenant', 'name'])

const actionVersions = (db: Kysely<unknown>) =>
  tenantTable(db, 'action_versions')
    .addColumn('id', 'text', required)
    .addColumn('action_id', 'text', required)
    .addColumn('number', 'integer', required)
    .addColumn('code', 'text', required)
    .addColumn('runtime', 'text', required)
    .addColumn('secrets', 'text', required)
    .addColumn('artifact_key', 'text', required)
    .addColumn('built_at', 'bigint', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('action_versions_pk', ['tenant', 'id'])
    .addUniqueConstraint('action_versions_number', ['tenant', 'action_id', 'number'])
    .addForeignKeyConstraint('action_versions_action', ['tenant', 'action_id'], 'actions', ['tenant', 'id'], (key) =>
      key.onDelete('cascade'),
    )

const actionArtifacts = (db: Kysely<unknown>) =>
  tenantTable(db, 'action_artifacts')
    .addColumn('key', 'text', required)
    .addColumn('artifact', 'text', required)
    .addPrimaryKeyConstraint('action_artifacts_pk', ['tenant', 'key'])

/** One row per trigger: writing it first is how two replacements of the same list wait for each other. */
const bindingLists = (db: Kysely<unknown>) =>
  tenantTable(db, 'binding_lists')
    .addColumn('trigger', 'text', required)
    .addColumn('updated_at', 'bigint', required)
    .addPrimaryKeyConstraint('binding_lists_pk', ['tenant', 'trigger'])

const bindings = (db: Kysely<unknown>) =>
  tenantTable(db, 'bindings')
    .addColumn('trigger', 'text', required)
    .addColumn('position', 'integer', required)
    .addColumn('id', 'text', required)
    .addColumn('action_id', 'text', required)
    .addColumn('display_name', 'text', required)
    .addColumn('created_at', 'bigint', required)
    .addPrimaryKeyConstraint('bindings_pk', ['tenant', 'trigger', 'position'])
    .addUniqueConstraint('bindings_id', ['tenant', 'id'])
    .addForeignKeyConstraint('bindings_action', ['tenant', 'action_id'], 'actions', ['tenant', 'id'])

const signingKeys = (db: Kysely<unknown>) =>
  tenantTable(db, 'signing_keys')
    .addColumn('sealed', 'text', required)
    .addPrimaryKeyConstraint('signing_keys_pk', ['tenant'])

/** Tables first that others refer to. */
const tables = [actions, actionVersions, actionArtifacts, bindingLists, bindings, signingKeys]

/** What is looked for by something else than its key. */
const indexes = [
  { name: 'actions_unbuilt', table: 'actions', columns: ['status'] },
  { name: 'actions_artifact', table: 'actions', columns: ['tenant', 'artifact_key'] },
  { name: 'action_versions_artifact', table: 'action_versions', columns: ['tenant', 'artifact_key'] },
  { name: 'bindings_of_action', table: 'bindings', columns: ['tenant', 'action_id'] },
]

export const actionTables: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of tables) await table(db).execute()
    for (const { name, table, columns } of indexes) {
      await db.schema.createIndex(name).on(table).columns(columns).execute()
    }
  },
}
