import type { CustomTextStore } from '../../custom-texts/custom-text-store.ts'
import type { Database } from './database.ts'

export const createSqlCustomTextStore = (db: Database): CustomTextStore => ({
  async find(tenant, { prompt, language }) {
    const row = await db
      .selectFrom('customTexts')
      .select('texts')
      .where('tenant', '=', tenant)
      .where('prompt', '=', prompt)
      .where('language', '=', language)
      .executeTakeFirst()
    return row ? JSON.parse(row.texts) : {}
  },

  async save(tenant, { prompt, language }, texts) {
    const written = { texts: JSON.stringify(texts) }
    await db
      .insertInto('customTexts')
      .values({ tenant, prompt, language, ...written })
      .onConflict((conflict) => conflict.columns(['tenant', 'prompt', 'language']).doUpdateSet(written))
      .execute()
  },
})
