import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createSqlStores } from '../../../../server/src/stores/sql/sql-stores.ts'
import { addTenants, createDatabaseFile, vault } from '../../../support/database.ts'

test('the account at a mail server is not to be read in the database, nor by another tenant’s row', async () => {
  const file = await createDatabaseFile()
  const db = await file.open()
  await addTenants(db, ['one', 'two'])
  const { emailProviders } = createSqlStores(db, { vault })
  const credentials = { host: 'smtp.acme.example', port: 587, user: 'the-user', password: 'the-password' }
  await emailProviders.create('one', { name: 'smtp', enabled: true, credentials, headers: {} })
  const { rows } = await sql`select * from email_providers`.execute(db)
  expect(JSON.stringify(rows)).not.toMatch(/the-user|the-password|smtp\.acme/)
  await sql`update email_providers set tenant = 'two'`.execute(db)
  await expect(emailProviders.find('two')).rejects.toThrow('cannot be decrypted')
  await file.remove()
})
