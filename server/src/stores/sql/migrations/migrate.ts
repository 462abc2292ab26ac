import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { base } from './0001-base.ts'
import { actionTables } from './0002-actions.ts'
import { executionExpiry } from './0003-execution-expiry.ts'
import { preparations } from './0004-preparations.ts'
import { dependencies } from './0005-dependencies.ts'
import { logTables } from './0006-logs.ts'
import { userSearch } from './0007-user-search.ts'
import { branding } from './0008-branding.ts'
import { roleTables } from './0009-roles.ts'
import { organizationTables } from './0010-organizations.ts'
import { clientGrantTables } from './0011-client-grants.ts'
import { connectionColumns } from './0012-connections.ts'
import { mailTables } from './0013-mail.ts'
import { clientCredentialColumns } from './0014-client-credentials.ts'
import { searchIndexes } from './0015-search-in-parts.ts'
import { positions } from './0016-positions.ts'

/**
 * Every change of the schema ever made, in the order of their names. Forward only: one that has been released is never
 * edited, and there is no way down.
 */
export const migrations: Record<string, Migration> = {
  '0001-base': base,
  '0002-actions': actionTables,
  '0003-execution-expiry': executionExpiry,
  '0004-preparations': preparations,
  '0005-dependencies': dependencies,
  '0006-logs': logTables,
  '0007-user-search': userSearch,
  '0008-branding': branding,
  '0009-roles': roleTables,
  '0010-organizations': organizationTables,
  '0011-client-grants': clientGrantTables,
  '0012-connections': connectionColumns,
  '0013-mail': mailTables,
  '0014-client-credentials': clientCredentialColumns,
  '0015-search-in-parts': searchIndexes,
  '0016-positions': positions,
}

/** All that is pending happens in one transaction: the schema is either the old one or the new one. */
export const migrate = async <Schema>(db: Kysely<Schema>): Promise<void> => {
  await db.transaction().execute(async (transaction) => {
    const migrator = new Migrator({ db: transaction, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  })
}
