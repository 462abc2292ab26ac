import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Query } from '../../../../server/src/search/query.ts'
import type { Database } from '../../../../server/src/stores/sql/database.ts'
import { userSearch } from '../../../../server/src/stores/sql/migrations/0007-user-search.ts'
import { createSqlTenantStore } from '../../../../server/src/stores/sql/tenant-store.ts'
import { createSqlUserStore } from '../../../../server/src/stores/sql/user-store.ts'
import { mostUsers, type UserSearch } from '../../../../server/src/users/user-search.ts'
import { aUser } from '../../../contract/user.contract.ts'
import { addTenants, createDatabaseFile, type DatabaseFile } from '../../../support/database.ts'

let file: DatabaseFile
let db: Database
beforeEach(async () => {
  file = await createDatabaseFile()
  db = await file.open()
  await addTenants(db, ['acme'])
})
afterEach(() => file.remove())

const search = (over: Partial<UserSearch>): UserSearch => ({
  order: { by: 'created_at', direction: 'ascending' },
  offset: 0,
  limit: 100,
  ...over,
})
const gold: Query = { op: 'match', field: 'app_metadata.plan', how: 'whole', text: 'gold' }

test('of more than a thousand users the total is exact, and the first thousand can be paged through', async () => {
  const count = mostUsers + 5
  await db.transaction().execute(async (transaction) => {
    const users = createSqlUserStore(transaction)
    for (let index = 0; index < count; index += 1) {
      const id = `auth0|${index}`
      await users.create(
        'acme',
        aUser({ id, email: `${id}@example.com`, createdAt: index, appMetadata: { plan: 'gold' } }),
      )
    }
  })
  const users = createSqlUserStore(db)
  for (const over of [{}, { query: gold }]) {
    const last = await users.search('acme', search({ ...over, offset: mostUsers - 1 }))
    expect(last).toMatchObject({ items: [{ id: `auth0|${mostUsers - 1}` }], total: count })
    expect(await users.search('acme', search({ ...over, offset: mostUsers }))).toEqual({ items: [], total: count })
  }
})

test('what was found by goes with the tenant', async () => {
  await createSqlUserStore(db).create('acme', aUser({ appMetadata: { plan: 'gold' } }))
  expect(await db.selectFrom('metadataValues').select('path').execute()).toEqual([{ path: 'app_metadata.plan' }])
  await createSqlTenantStore(db).remove('acme')
  expect(await db.selectFrom('metadataValues').select('path').execute()).toEqual([])
})

test('users from before searching came are found too', async () => {
  await createSqlUserStore(db).create('acme', aUser({ appMetadata: { plan: 'gold' } }))
  await sql`drop table metadata_values`.execute(db)
  for (const index of ['users_age', 'users_address']) await sql`drop index ${sql.ref(index)}`.execute(db)
  await userSearch.up(db)
  const { items } = await createSqlUserStore(db).search('acme', search({ query: gold }))
  expect(items).toMatchObject([{ id: 'auth0|1' }])
})
