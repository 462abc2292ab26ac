/** How tenants' pages look and what they say, and settings that are only kept. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

export const branding: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('tenants')
      .addColumn('branding', 'text', (column) => column.notNull().defaultTo('{}'))
      .execute()
    await tenantTable(db, 'kept_settings')
      .addColumn('subject', 'text', required)
      .addColumn('settings', 'text', required)
      .addPrimaryKeyConstraint('kept_settings_pk', ['tenant', 'subject'])
      .execute()
    await tenantTable(db, 'custom_texts')
      .addColumn('prompt', 'text', required)
      .addColumn('language', 'text', required)
      .addColumn('texts', 'text', required)
      .addPrimaryKeyConstraint('custom_texts_pk', ['tenant', 'prompt', 'language'])
      .execute()
  },
}
