/** The public keys of clients, and which of them open the token endpoint. */
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

export const clientCredentialColumns: Migration = {
  async up(db: Kysely<unknown>) {
    const clients = db.schema.alterTable('clients')
    await clients.addColumn('credentials', 'text').execute()
    await clients.addColumn('assertion_credentials', 'text').execute()
  },
}
