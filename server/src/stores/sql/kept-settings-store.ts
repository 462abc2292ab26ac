import type { KeptSettingsStore } from '../../tenants/kept-settings.ts'
import type { Database } from './database.ts'

export const createSqlKeptSettingsStore = (db: Database): KeptSettingsStore => ({
  async find(tenant, subject) {
    const row = await db
      .selectFrom('keptSettings')
      .select('settings')
      .where('tenant', '=', tenant)
      .where('subject', '=', subject)
      .executeTakeFirst()
    return row ? JSON.parse(row.settings) : {}
  },

  async save(tenant, subject, settings) {
    const written = { settings: JSON.stringify(settings) }
    await db
      .insertInto('keptSettings')
      .values({ tenant, subject, ...written })
      .onConflict((conflict) => conflict.columns(['tenant', 'subject']).doUpdateSet(written))
      .execute()
  },
})
