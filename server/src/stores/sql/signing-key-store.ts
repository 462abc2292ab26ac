import type { SigningKeyStore } from '../../access/signing-key.ts'
import type { Database } from './database.ts'

export const createSqlSigningKeyStore = (db: Database): SigningKeyStore => ({
  async findOrAdd(tenant, sealed) {
    await db
      .insertInto('signingKeys')
      .values({ tenant, sealed })
      .onConflict((conflict) => conflict.column('tenant').doNothing())
      .execute()
    const key = await db
      .selectFrom('signingKeys')
      .select('sealed')
      .where('tenant', '=', tenant)
      .executeTakeFirstOrThrow()
    return key.sealed
  },
  async find(tenant) {
    return (await db.selectFrom('signingKeys').select('sealed').where('tenant', '=', tenant).executeTakeFirst())?.sealed
  },
})
