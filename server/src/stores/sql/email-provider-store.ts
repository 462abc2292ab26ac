import type { Selectable } from 'kysely'
import type { Vault } from '../../crypto/vault.ts'
import type { EmailProvider, EmailProviderStore, SmtpCredentials } from '../../email-providers/email-provider.ts'
import { toColumns, withoutNulls } from './columns.ts'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

const placeOf = (tenant: string) => ({ tenant, table: 'email_providers', id: 'credentials' })

export const createSqlEmailProviderStore = (db: Database, vault: Vault): EmailProviderStore => {
  const seal = (tenant: string, credentials: SmtpCredentials): string =>
    vault.seal(JSON.stringify(credentials), placeOf(tenant))

  const toProvider = ({ tenant, credentials, ...row }: Selectable<Schema['emailProviders']>): EmailProvider => ({
    ...withoutNulls(row),
    name: 'smtp',
    enabled: row.enabled === 1,
    credentials: JSON.parse(vault.open(credentials, placeOf(tenant))),
    headers: JSON.parse(row.headers),
  })

  const find: EmailProviderStore['find'] = async (tenant) => {
    const row = await db.selectFrom('emailProviders').selectAll().where('tenant', '=', tenant).executeTakeFirst()
    return row && toProvider(row)
  }

  return {
    find,

    async create(tenant, { credentials, ...provider }) {
      const row = { tenant, ...toColumns(provider), credentials: seal(tenant, credentials) }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('emailProviders')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant']).doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows === 1n ? 'created' : 'taken'
    },

    async update(tenant, { credentials, ...patch }) {
      const columns = { ...toColumns(patch), ...(credentials && { credentials: seal(tenant, credentials) }) }
      if (Object.keys(columns).length === 0) return find(tenant)
      const update = db.updateTable('emailProviders').set(columns).where('tenant', '=', tenant).returningAll()
      const row = await update.executeTakeFirst()
      return row && toProvider(row)
    },

    async remove(tenant) {
      await db.deleteFrom('emailProviders').where('tenant', '=', tenant).execute()
    },
  }
}
