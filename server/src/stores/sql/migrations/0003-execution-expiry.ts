/** Executions are removed by their age. */
import type { Migration } from 'kysely/migration'

export const executionExpiry: Migration = {
  async up(db) {
    await db.schema.createIndex('executions_expiry').on('executions').columns(['updated_at']).execute()
  },
}
