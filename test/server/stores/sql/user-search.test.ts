import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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

test('through many users the order is that of a single look, whatever their names are', async () => {
  const odd = ['b', 'B', 'a', 'Ä', '\u{1F511}', '\uFFFD', 'a b', 'ab', '\u0000', undefined]
  const many = Array.from({ length: 300 }, (_, index) =>
    aUser({
      id: `auth0|${(index * 37) % 300}`,
      email: `${index}@example.com`,
      ...(odd[index % odd.length] !== undefined && { name: `${odd[index % odd.length]}${index % 7}` }),
      loginsCount: index % 9,
    }),
  )
  await db.transaction().execute(async (transaction) => {
    for (const user of many) await createSqlUserStore(transaction).create('acme', user)
  })
  const users = createSqlUserStore(db)
  const everybody: Query = { op: 'exists', field: 'user_id' }
  for (const by of ['name', 'logins_count', 'user_id', 'created_at'] as const) {
    for (const direction of ['ascending', 'descending'] as const) {
      const { items, total } = await users.search(
        'acme',
        search({ query: everybody, order: { by, direction }, limit: 300 }),
      )
      const way = sql.raw(direction === 'ascending' ? 'asc' : 'desc')
      const column = sql.raw(
        { name: 'lower(name)', logins_count: 'logins_count', user_id: 'id', created_at: 'created_at' }[by],
      )
      const whole = await sql<{
        id: string
      }>`select id from users order by ${column} is null, ${column} ${way}, id ${way}`.execute(db)
      expect(items.map(({ id }) => id)).toEqual(whole.rows.map(({ id }) => id))
      expect(total).toBe(300)
    }
  }
})

describe('a search that an index serves looks at no other user', () => {
  /** What SQLite does for a search: a step for each table. */
  const stepsOf = async (query: Query): Promise<string[]> => {
    const asked: { sql: string; parameters: readonly unknown[] }[] = []
    const watched = db.withPlugin({
      transformQuery: ({ node, queryId }) => {
        asked.push(db.getExecutor().compileQuery(node, queryId))
        return node
      },
      transformResult: async ({ result }) => result,
    })
    await createSqlUserStore(watched).search('acme', search({ query }))
    const raw = new DatabaseSync(file.path, { readOnly: true })
    const steps = asked.flatMap((one) => {
      const plan = raw.prepare(`explain query plan ${one.sql}`).all(...(one.parameters as string[]))
      const details = plan.map(({ detail }) => String(detail))
      // A part of the users is a table of that name too.
      return details.includes('CO-ROUTINE users') ? details.filter((detail) => detail !== 'SCAN users') : details
    })
    raw.close()
    return steps.filter((step) => /\b(users|metadata_values)\b/.test(step) && /^(SCAN|SEARCH)/.test(step))
  }
  const match = (field: string, text: string): Query => ({ op: 'match', field, how: 'whole', text })
  const byId = /^SEARCH users USING INDEX sqlite_autoindex_users_1 \(tenant=\? AND id=\?\)$/
  const byAddress = /^SEARCH users USING INDEX users_address \(tenant=\? AND email_key=\?\)$/
  const byMetadata =
    /^SEARCH metadata_values USING COVERING INDEX metadata_values_found \(tenant=\? AND path=\? AND value=\?\)$/
  const ofUser =
    /^SEARCH metadata_values (?:EXISTS )?USING COVERING INDEX metadata_values_of_user \(tenant=\? AND user_id=\? AND path=\? AND value=\?\)$/
  const narrow: [string, Query, RegExp[]][] = [
    ['user_id', match('user_id', 'auth0|1'), [byId]],
    ['email', match('email', 'Anna@example.com'), [byId, byAddress]],
    ['metadata', gold, [byId, byMetadata, ofUser]],
    [
      'one of several',
      { op: 'or', of: [match('email', 'a@example.com'), match('user_id', 'auth0|1')] },
      [byId, byAddress],
    ],
    [
      'several together',
      { op: 'and', of: [match('name', 'Anna'), match('email', 'anna@example.com')] },
      [byId, byAddress],
    ],
  ]
  test.each(narrow)('%s', async (_, query, expected) => {
    const user = aUser({ name: 'Anna', appMetadata: { plan: 'gold' } })
    await createSqlUserStore(db).create('acme', user)
    const steps = await stepsOf(query)
    expect(steps.length).toBeGreaterThan(0)
    for (const step of steps)
      expect(
        expected.some((one) => one.test(step)),
        step,
      ).toBe(true)
  })
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
