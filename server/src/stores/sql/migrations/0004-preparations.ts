/** What V8 has prepared of artifacts; an artifact names what was prepared of it, so that both go together. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

export const preparations: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('action_artifacts').addColumn('prepared_as', 'text').execute()
    await tenantTable(db, 'preparations')
      .addColumn('artifact', 'text', required)
      .addColumn('engine', 'text', required)
      .addColumn('kind', 'text', required)
      .addColumn('refused', 'text')
      .addColumn('bytes', 'text', required)
      .addColumn('sha256', 'text', required)
      .addColumn('made_at', 'bigint', required)
      .addPrimaryKeyConstraint('preparations_pk', ['tenant', 'artifact', 'engine'])
      .execute()
    await db.schema
      .createIndex('action_artifacts_prepared')
      .on('action_artifacts')
      .columns(['tenant', 'prepared_as'])
      .execute()
  },
}
