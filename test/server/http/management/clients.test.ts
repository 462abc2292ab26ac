import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

test("a client's secret is shown once", async () => {
  const body = { name: 'Shop', client_metadata: { tier: 'gold' }, initiate_login_uri: 'https://shop.example/login' }
  const created = await tenant.call('POST', '/clients', { body })
  expect(created).toMatchObject({
    status: 201,
    body: { ...body, client_id: expect.stringMatching(/^[A-Za-z0-9]{32}$/) },
  })
  const { client_secret, ...shown } = created.body
  expect(client_secret.length).toBeGreaterThanOrEqual(32)
  const path = `/clients/${created.body.client_id}`
  expect((await tenant.call('GET', path)).body).toEqual(shown)
  const edited = await tenant.call('PATCH', path, {
    body: { client_metadata: { tier: null, region: 'eu' }, initiate_login_uri: '' },
  })
  expect(edited.body).toMatchObject({ name: 'Shop', client_metadata: { region: 'eu' } })
  expect(edited.body).not.toHaveProperty('initiate_login_uri')
  expect((await tenant.call('DELETE', path)).status).toBe(204)
  expect(await tenant.call('GET', path)).toMatchObject({ status: 404, body: { errorCode: 'inexistent_client' } })
})

test('clients are listed in both forms', async () => {
  const own = await app.createTenant()
  await own.call('POST', '/clients', { body: { name: 'Shop' } })
  const bare = await own.call('GET', '/clients')
  expect(bare.body.map(({ name }: { name: string }) => name)).toEqual(['Management', 'Shop'])
  expect(JSON.stringify(bare.body)).not.toMatch(/secret/)
  const paged = await own.call('GET', '/clients?include_totals=true&per_page=1&page=1&fields=name&include_fields=true')
  expect(paged.body).toEqual({ start: 1, limit: 1, length: 1, total: 2, clients: [{ name: 'Shop' }] })
  expect((await own.call('GET', '/clients?page=7')).body).toEqual([])
})

test.each([
  [{ name: 'a<b' }, 'on property name'],
  [{ name: 'a', client_metadata: { a: 1 } }, 'on property client_metadata.a'],
  [{ name: 'a', initiate_login_uri: 'javascript:alert(1)' }, 'on property initiate_login_uri'],
  [{ name: 'a', app_type: 'toaster' }, 'on property app_type'],
  [{ name: 'a', callbacks: 'https://a.example/' }, 'on property callbacks'],
  [{ name: 'a', addons: { samlp: {} } }, 'Additional properties not allowed: addons'],
])('the client %j is refused', async (body, message) => {
  const answer = await tenant.call('POST', '/clients', { body })
  expect(answer.status).toBe(400)
  expect(answer.body.message).toContain(message)
})

test('what the vendor’s clients send besides is kept, given back, and taken away by null', async () => {
  const kept = {
    description: 'sells things',
    callbacks: ['https://shop.example/callback'],
    jwt_configuration: { alg: 'RS256', lifetime_in_seconds: 36_000 },
    refresh_token: { rotation_type: 'rotating' },
    oidc_conformant: true,
  }
  const own = { app_type: 'spa', is_first_party: false, token_endpoint_auth_method: 'none', grant_types: ['implicit'] }
  const created = await tenant.call('POST', '/clients', { body: { name: 'Shop', ...kept, ...own } })
  expect(created).toMatchObject({ status: 201, body: { ...kept, ...own } })
  expect(created.body).not.toHaveProperty('client_secret')
  const path = `/clients/${created.body.client_id}`
  expect((await tenant.call('GET', path)).body).toEqual(created.body)
  const edit = { callbacks: null, refresh_token: { rotation_type: 'non-rotating' }, app_type: null }
  const { callbacks: _, app_type: __, ...left } = created.body
  expect((await tenant.call('PATCH', path, { body: edit })).body).toEqual({
    ...left,
    refresh_token: edit.refresh_token,
  })
})

test('clients are found by what they are', async () => {
  const own = await app.createTenant()
  const create = (body: Record<string, unknown>) => own.call('POST', '/clients', { body })
  await create({ name: 'Shop', app_type: 'spa' })
  await create({ name: 'Shopkeeper', app_type: 'native', is_first_party: false })
  const names = async (query: string) =>
    (await own.call('GET', `/clients?${query}`)).body.map(({ name }: { name: string }) => name)
  expect(await names('is_first_party=false')).toEqual(['Shopkeeper'])
  expect(await names('is_first_party=true')).toEqual(['Management', 'Shop'])
  expect(await names('app_type=spa,native')).toEqual(['Shop', 'Shopkeeper'])
  expect(await names('is_global=true')).toEqual([])
  expect(await names('is_global=false&q=name:shop*%20AND%20NOT%20app_type:spa')).toEqual(['Shopkeeper'])
  const refused = await own.call('GET', '/clients?q=colour:red')
  expect(refused).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } })
})

test('a client of another tenant does not exist', async () => {
  const stranger = await app.createTenant()
  const path = `/clients/${tenant.client.client_id}`
  expect((await stranger.call('GET', path)).status).toBe(404)
  expect((await stranger.call('PATCH', path, { body: { name: 'mine' } })).status).toBe(404)
  await stranger.call('DELETE', path)
  expect((await tenant.call('GET', path)).body.name).toBe('Management')
})

test('connections are databases and directories, each name once', async () => {
  const own = await app.createTenant()
  const created = await own.call('POST', '/connections', { body: { name: 'corp', strategy: 'ad' } })
  expect(created).toMatchObject({
    status: 201,
    body: { id: expect.stringMatching(/^con_[A-Za-z0-9]{16}$/), name: 'corp', strategy: 'ad', realms: ['corp'] },
  })
  expect((await own.call('POST', '/connections', { body: { name: 'corp', strategy: 'auth0' } })).status).toBe(409)
  expect((await own.call('POST', '/connections', { body: { name: 'x', strategy: 'google' } })).status).toBe(400)

  expect((await own.call('GET', '/connections')).body).toHaveLength(2)
  expect((await own.call('GET', '/connections?strategy=ad')).body).toEqual([created.body])
  expect((await own.call('GET', '/connections?name=corp&include_totals=true')).body).toMatchObject({
    total: 1,
    start: 0,
  })
  expect((await own.call('GET', '/connections?take=50')).body.connections).toHaveLength(2)
  expect((await own.call('GET', `/connections/${created.body.id}`)).body).toEqual(created.body)
  expect((await tenant.call('GET', `/connections/${created.body.id}`)).status).toBe(404)
})

test('a tenant has so many clients, as the operator says', async () => {
  const own = await app.createTenant()
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { clients: 1 } })
  expect(await own.call('POST', '/clients', { body: { name: 'Shop' } })).toMatchObject({
    status: 400,
    body: { message: 'Limit clients exceeded: the limit is 1.' },
  })
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { clients: 2 } })
  expect((await own.call('POST', '/clients', { body: { name: 'Shop' } })).status).toBe(201)
})
