/** What actions and versions depend on, the packages a build came to, and its warnings: each as JSON. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const dependencies: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['actions', 'action_versions']) {
      for (const column of ['dependencies', 'packages', 'warnings']) {
        await db.schema
          .alterTable(table)
          .addColumn(column, 'text', (definition) => definition.notNull().defaultTo('[]'))
          .execute()
      }
    }
  },
}
