/** Which clients a connection serves, what is kept of it, and when it was removed: its users go after that. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const connectionColumns: Migration = {
  async up(db: Kysely<unknown>) {
    const connections = db.schema.alterTable('connections')
    await connections.addColumn('enabled_clients', 'text').execute()
    await connections.addColumn('kept', 'text', (column) => column.notNull().defaultTo('{}')).execute()
    await connections.addColumn('removed', 'integer', (column) => column.notNull().defaultTo(0)).execute()
  },
}
