/** Searches read users and logs a part at a time: what one user's metadata holds, and the entries after one, are found at once. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

const replaced = ['metadata_values_found', 'metadata_values_ranged', 'logs_date', 'logs_of_user']

const indexes = [
  { name: 'metadata_values_found', table: 'metadata_values', columns: ['tenant', 'path', 'value', 'user_id'] },
  { name: 'metadata_values_of_user', table: 'metadata_values', columns: ['tenant', 'user_id', 'path', 'value'] },
  { name: 'logs_date', table: 'logs', columns: ['tenant', 'date', 'number'] },
  { name: 'logs_of_user', table: 'logs', columns: ['tenant', 'user_id', 'date', 'number'] },
]

export const searchIndexes: Migration = {
  async up(db: Kysely<unknown>) {
    for (const name of replaced) await db.schema.dropIndex(name).execute()
    for (const { name, table, columns } of indexes) {
      await db.schema.createIndex(name).on(table).columns(columns).execute()
    }
  },
}
