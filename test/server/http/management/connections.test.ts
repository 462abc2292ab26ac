import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  tenant = await app.createTenant()
})

const create = (body: Record<string, unknown>) =>
  tenant.call('POST', '/connections', { body: { strategy: 'auth0', ...body } })

const createClient = async (name: string): Promise<string> =>
  (await tenant.call('POST', '/clients', { body: { name } })).body.client_id

test('a connection shows what was set, and what was changed', async () => {
  const kept = {
    options: { requires_username: true, password_history: { enable: false } },
    display_name: 'Partners',
    realms: ['partners'],
    show_as_button: true,
    is_domain_connection: true,
  }
  const created = await create({ name: 'partners', metadata: { a: 'b' }, ...kept })
  expect(created).toMatchObject({ status: 201, body: { name: 'partners', metadata: { a: 'b' }, ...kept } })
  const path = `/connections/${created.body.id}`
  const edited = await tenant.call('PATCH', path, { body: { metadata: { c: 'd' }, options: {} } })
  expect(edited).toMatchObject({ status: 200, body: { ...created.body, metadata: { c: 'd' }, options: {} } })
  expect((await tenant.call('GET', path)).body).toEqual(edited.body)
})

test.each([
  [{ name: 'x', options: { customScripts: { login: 'function () {}' } } }, 'on property options'],
  [{ name: 'x', options: { client_secret: 's' } }, 'on property options'],
  [{ name: 'x', metadata: Object.fromEntries(Array.from({ length: 11 }, (_, key) => [key, 'x'])) }, 'At most 10'],
  [{ name: 'x', colour: 'red' }, 'Additional properties not allowed: colour'],
])('the connection %j is refused', async (body, message) => {
  expect(await create(body)).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } })
})

test('a connection is enabled for every client until somebody says for which', async () => {
  const { id } = (await create({ name: 'partners' })).body
  const [shop, forum] = [await createClient('Shop'), await createClient('Forum')]
  const enabled = async () => (await tenant.call('GET', `/connections/${id}`)).body.enabled_clients
  expect(await enabled()).toEqual([tenant.client.client_id, shop, forum])
  const path = `/connections/${id}/clients`
  const change = (client_id: string, status: boolean) => tenant.call('PATCH', path, { body: [{ client_id, status }] })
  expect(await change(shop, false)).toMatchObject({ status: 204, body: '' })
  const first = (await tenant.call('GET', `${path}?take=1&include_totals=true`)).body
  expect(first).toEqual({ clients: [{ client_id: tenant.client.client_id }], next: expect.any(String) })
  expect((await tenant.call('GET', `${path}?take=1&from=${first.next}`)).body).toEqual({
    clients: [{ client_id: forum }],
  })
  const narrow = await create({ name: 'narrow', enabled_clients: [forum] })
  expect(narrow.body.enabled_clients).toEqual([forum])
  await createClient('Later')
  expect((await tenant.call('GET', `/connections/${narrow.body.id}`)).body.enabled_clients).toEqual([forum])
  await change(shop, true)
  expect(await enabled()).toEqual([tenant.client.client_id, shop, forum])
  await tenant.call('PATCH', `/connections/${id}`, { body: { enabled_clients: [forum] } })
  expect(await enabled()).toEqual([forum])
  expect((await change('nobody', true)).body.errorCode).toBe('inexistent_client')
  expect((await tenant.call('GET', '/connections/con_none/clients')).status).toBe(404)
})

test('connections are listed by checkpoint', async () => {
  await create({ name: 'partners' })
  const first = (await tenant.call('GET', '/connections?take=1&include_totals=true&fields=name')).body
  expect(first).toEqual({ connections: [{ name: 'Username-Password-Authentication' }], next: expect.any(String) })
  const last = (await tenant.call('GET', `/connections?take=1&from=${first.next}&fields=name`)).body
  expect(last).toEqual({ connections: [{ name: 'partners' }] })
})

test('a connection goes with 202, and its users with it', async () => {
  const { id } = (await create({ name: 'partners' })).body
  const body = { connection: 'partners', email: 'ada@example.com' }
  const user = `/users/${encodeURIComponent((await tenant.call('POST', '/users', { body })).body.user_id)}`
  const removed = await tenant.call('DELETE', `/connections/${id}`)
  expect(removed).toMatchObject({ status: 202, body: { deleted_at: expect.stringMatching(/^\d{4}-/) } })
  expect((await tenant.call('GET', `/connections/${id}`)).status).toBe(404)
  expect((await tenant.call('DELETE', `/connections/${id}`)).status).toBe(404)
  await vi.waitFor(async () => expect((await tenant.call('GET', user)).status).toBe(404))
  await vi.waitFor(async () => expect((await create({ name: 'partners' })).status).toBe(201))
})

test('a stranger’s connection does not exist', async () => {
  const { id } = (await create({ name: 'partners' })).body
  const stranger = await app.createTenant()
  for (const method of ['GET', 'DELETE']) expect((await stranger.call(method, `/connections/${id}`)).status).toBe(404)
  const answer = await stranger.call('PATCH', `/connections/${id}`, { body: { metadata: {} } })
  expect(answer.status).toBe(404)
})

test('a tenant has so many connections, as the operator says', async () => {
  const own = await app.createTenant()
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { connections: 1 } })
  expect(await own.call('POST', '/connections', { body: { name: 'staff', strategy: 'auth0' } })).toMatchObject({
    status: 400,
    body: { message: 'Limit connections exceeded: the limit is 1.' },
  })
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { connections: 2 } })
  expect((await own.call('POST', '/connections', { body: { name: 'staff', strategy: 'auth0' } })).status).toBe(201)
})
