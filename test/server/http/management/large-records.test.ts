/** Records may be large: what one tenant has of them must not take the memory or the thread of all. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { managementToken } from '../../../support/management.ts'
import { type RunningServer, startTestServer } from '../../../support/server.ts'
import { createTenant, type TestTenant } from '../../../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant
beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  const limits = { managementBurst: 100_000, managementRate: 100_000 }
  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, limits)
  for (let index = 0; index < 10; index += 1) {
    await tenant.api.must('POST', '/api/v2/users', { ...aUser(index), user_metadata: { text: large } })
    await tenant.api.must('POST', '/api/v2/clients', { name: `App ${index}`, oidc_logout: { text: large } })
  }
})
afterAll(() => server.stop())

const large = 'x'.repeat(1_000_000)
const aUser = (index: number) => ({
  connection: 'Username-Password-Authentication',
  email: `large-${index}@example.com`,
})

test.each(['/users?q=email:large-*&', '/users?', '/clients?'])(
  'a page whose records are too large together is refused, and a smaller one is not: %s',
  async (path) => {
    const refused = await tenant.api.call('GET', `/api/v2${path}per_page=50`)
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'page_too_large' } })
    expect(refused.body.message).toContain('per_page')
    const { body } = await tenant.api.call<unknown[]>('GET', `/api/v2${path}per_page=8`)
    expect(body).toHaveLength(8)
  },
)

test('a list of applications or connections reads nothing large of those that it does not show', async () => {
  expect((await tenant.api.call('GET', '/api/v2/connections')).status).toBe(200)
  expect((await tenant.api.call('GET', '/api/v2/clients?q=name:Shop')).body).toMatchObject([{ name: 'Shop' }])
})

test('who announces bodies and does not send them gets no room for more, and another tenant does', async () => {
  const neighbour = await createTenant(server)
  const token = await managementToken({ port: server.port, host: tenant.host }, tenant.managementClient)
  const announce = (length: string): Socket => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    const head = [`host: ${tenant.host}`, `authorization: Bearer ${token}`, 'content-type: application/json', length]
    socket.write(`POST /api/v2/actions/actions HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`)
    return socket
  }
  const unsent = Array.from({ length: 20 }, (_, index) =>
    announce(index % 2 === 0 ? 'content-length: 4194304' : 'transfer-encoding: chunked'),
  )
  const body = { name: 'x'.repeat(900_000) }
  const call = (of: TestTenant) => of.api.call('POST', '/api/v2/roles', body)
  await expect.poll(async () => (await call(tenant)).status, { timeout: 30_000 }).toBe(429)
  expect((await call(neighbour)).status).toBe(400)
  for (const socket of unsent) socket.destroy()
  await expect.poll(async () => (await call(tenant)).status, { timeout: 30_000 }).toBe(400)
})

test.each(['/oauth/token', '/dbconnections/change_password'])(
  'a stranger sends %s no more than it can need',
  async (path) => {
    const body = { grant_type: 'client_credentials', email: 'x'.repeat(100_000) }
    expect((await tenant.api.call('POST', path, body)).status).toBe(413)
  },
)

test('who reads no answers gets no more of them, another tenant does, and so does the same one once they are read', async () => {
  const neighbour = await createTenant(server)
  const token = await managementToken({ port: server.port, host: tenant.host }, tenant.managementClient)
  const ask = (): Socket => {
    const socket = connect(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `GET /api/v2/users?per_page=8 HTTP/1.1\r\nhost: ${tenant.host}\r\nauthorization: Bearer ${token}\r\n\r\n`,
    )
    return socket.pause()
  }
  const unread = Array.from({ length: 24 }, ask)
  const call = () => tenant.api.call('GET', '/api/v2/users?per_page=8')
  await expect.poll(async () => (await call()).status, { timeout: 30_000 }).toBe(429)
  expect((await neighbour.api.call('GET', '/api/v2/users')).status).toBe(200)
  for (const socket of unread) socket.destroy()
  await expect.poll(async () => (await call()).status, { timeout: 30_000 }).toBe(200)
})
