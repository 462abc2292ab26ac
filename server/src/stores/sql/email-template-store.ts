import type { Selectable } from 'kysely'
import type { EmailTemplate, EmailTemplateName, EmailTemplateStore } from '../../email-templates/email-template.ts'
import { toColumns, withoutNulls } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

const toTemplate = ({ tenant: _tenant, ...row }: Selectable<Schema['emailTemplates']>): EmailTemplate => ({
  ...withoutNulls(row),
  template: row.template as EmailTemplateName,
  enabled: row.enabled === 1,
  includeEmailInRedirect: row.includeEmailInRedirect === 1,
})

export const createSqlEmailTemplateStore = (db: Database): EmailTemplateStore => {
  const find: EmailTemplateStore['find'] = async (tenant, name) => {
    const row = await db
      .selectFrom('emailTemplates')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('template', '=', name)
      .executeTakeFirst()
    return row && toTemplate(row)
  }

  return {
    find,

    async create(tenant, template) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('emailTemplates')
        .values({ tenant, ...toColumns(template) })
        .onConflict((conflict) => conflict.columns(['tenant', 'template']).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n ? 'created' : 'name-taken'
    },

    async update(tenant, name, patch) {
      if (Object.keys(patch).length === 0) return find(tenant, name)
      const row = await db
        .updateTable('emailTemplates')
        .set(toColumns(patch))
        .where('tenant', '=', tenant)
        .where('template', '=', name)
        .returningAll()
        .executeTakeFirst()
      return row && toTemplate(row)
    },
  }
}
