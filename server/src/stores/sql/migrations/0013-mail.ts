/** What tenants decide about their mails and codes. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { required, tenantTable } from './tenant-table.ts'

const emailTemplates = (db: Kysely<unknown>) =>
  tenantTable(db, 'email_templates')
    .addColumn('template', 'text', required)
    .addColumn('enabled', 'integer', required)
    .addColumn('body', 'text')
    .addColumn('subject', 'text')
    .addColumn('from', 'text')
    .addColumn('result_url', 'text')
    .addColumn('url_lifetime_seconds', 'integer')
    .addColumn('include_email_in_redirect', 'integer', required)
    .addPrimaryKeyConstraint('email_templates_pk', ['tenant', 'template'])

const emailProviders = (db: Kysely<unknown>) =>
  tenantTable(db, 'email_providers')
    .addColumn('name', 'text', required)
    .addColumn('enabled', 'integer', required)
    .addColumn('default_from_address', 'text')
    .addColumn('credentials', 'text', required)
    .addColumn('headers', 'text', required)
    .addPrimaryKeyConstraint('email_providers_pk', ['tenant'])

export const mailTables: Migration = {
  async up(db: Kysely<unknown>) {
    await emailTemplates(db).execute()
    await emailProviders(db).execute()
    await db.schema.alterTable('tenants').addColumn('guardian', 'text').execute()
  },
}
