import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

const connection = 'Username-Password-Authentication'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  const create = (body: object) => tenant.call('POST', '/users', { body: { connection, ...body } })
  await create({ email: 'ada@example.com', name: 'Ada', app_metadata: { plan: 'gold', seats: 3 } })
  await create({ email: 'bob@example.com', name: 'Bob', email_verified: true, app_metadata: { 'cost-centre': 'c 1' } })
  await create({ email: 'cy@other.example', name: 'Cy', blocked: true })
})
afterAll(() => app.close())

const list = (query: Record<string, string> = {}) => tenant.call('GET', `/users?${new URLSearchParams(query)}`)
const names = async (query: Record<string, string>): Promise<string> => {
  const { status, body } = await list(query)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.map(({ name }: { name: string }) => name).join()
}

test('a list of users is bare, or has its totals', async () => {
  const bare = await list()
  expect(bare.body.map(({ email }: { email: string }) => email)).toEqual([
    'ada@example.com',
    'bob@example.com',
    'cy@other.example',
  ])
  const id = encodeURIComponent(bare.body[0].user_id)
  expect(bare.body[0]).toEqual((await tenant.call('GET', `/users/${id}`)).body)
  expect((await list({ include_totals: 'true', page: '1', per_page: '2', search_engine: 'v3' })).body).toEqual({
    start: 2,
    limit: 2,
    length: 1,
    total: 3,
    users: [bare.body[2]],
  })
  expect((await list({ page: '5', primary_order: 'false' })).body).toEqual([])
  expect((await list({ fields: 'name', q: 'name:Ada' })).body).toEqual([{ name: 'Ada' }])
  expect((await list({ fields: 'name', include_fields: 'false', q: 'name:Ada' })).body[0]).not.toHaveProperty('name')
})

test('a list of users is searched and ordered', async () => {
  expect(await names({ q: 'email:"ada@example.com"' })).toBe('Ada')
  expect(await names({ q: 'name:B*' })).toBe('Bob')
  expect(await names({ q: 'email.domain:example.com AND NOT name:ada' })).toBe('Bob')
  expect(await names({ q: 'app_metadata.plan:gold' })).toBe('Ada')
  expect(await names({ q: 'app_metadata.cost-centre:"C 1"' })).toBe('Bob')
  expect(await names({ q: 'app_metadata.seats:[2 TO *]' })).toBe('Ada')
  expect(await names({ q: 'email_verified:true OR blocked:true' })).toBe('Bob,Cy')
  expect(await names({ q: `identities.connection:"${connection}"`, sort: 'name:-1' })).toBe('Cy,Bob,Ada')
  expect(await names({ q: 'created_at:[2020-01-01 TO *]', sort: 'email:1' })).toBe('Ada,Bob,Cy')
  expect(await names({ q: '' })).toBe('Ada,Bob,Cy')
  expect(await names({ connection: 'corp' })).toBe('')
  const stranger = await app.createTenant()
  expect((await stranger.call('GET', '/users?q=name:Ada&include_totals=true')).body).toMatchObject({
    total: 0,
    users: [],
  })
})

test.each([
  [{ q: 'password:x' }, "'password' at position 1 is none of the searchable fields user_id, email"],
  [{ q: 'passwordHash:x' }, 'is none of the searchable fields'],
  [{ q: 'ada' }, 'A field with its value'],
  [{ q: 'name:*da' }, 'a wildcard may only be a * at the end'],
  [{ q: 'blocked:maybe' }, 'blocked is true or false'],
  [{ q: 'logins_count:few' }, "'few' is no number"],
  [{ q: 'name:[a TO b]' }, "'name' has no ranges: only logins_count, created_at, updated_at, last_password_reset"],
  [{ q: 'created_at:soon' }, "'soon' is no date"],
  [{ sort: 'app_metadata.plan:1' }, 'on property sort'],
  [{ search_engine: 'v2' }, 'on property search_engine'],
  [{ per_page: '101' }, 'on property per_page'],
  [{ nonsense: '1' }, 'Additional properties not allowed: nonsense'],
])('a list of users is refused: %j', async (query, message) => {
  const answer = await list(query as Record<string, string>)
  expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } })
  expect(answer.body.message).toContain(message)
})

test('a list of users needs the scope', async () => {
  const call = tenant.callAs(await tenant.tokenFor('read:clients'))
  expect((await call('GET', '/users')).status).toBe(403)
})
