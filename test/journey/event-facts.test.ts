/** What is set by API is what an action sees. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { choosePassword, openReset, requestLink } from '../support/reset.ts'
import { bindTeller, eventOfMail, eventOfTicket, eventOn } from '../support/seen-event.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant
let user: TenantUser

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await bindTeller(tenant)
})
afterAll(() => server.stop())
beforeEach(async () => {
  user = await tenant.addUser()
})

test('all that the trigger’s contract names, and nothing else', async () => {
  const own = await createTenant(server)
  const member = await own.addUser()
  const { visitor } = await openReset(own, member)
  await choosePassword(visitor)
  const tellAll = onExecute('api.access.deny(JSON.stringify(event))')
  await own.bind({ ...tellAll, secrets: [{ name: 'PLAN', value: 'gold' }] })
  const [connection] = await own.api.must<{ id: string; name: string }[]>('GET', '/api/v2/connections')
  const { id, name } = connection ?? {}
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  await visitor.get(await requestLink(own, member.email))
  const headers = { 'user-agent': 'Firefox/1', 'accept-language': 'de-CH, de;q=0.9' }
  expect(eventOn(await visitor.submit('/u/reset-password', {}, headers))).toEqual({
    authentication: { methods: [{ name: 'email', timestamp: time }] },
    authorization: { roles: [] },
    client: { client_id: own.clientId, name: 'Shop', metadata: {} },
    configuration: {},
    connection: { id, name, strategy: 'auth0', metadata: {} },
    request: {
      ip: '127.0.0.1',
      method: 'POST',
      hostname: own.host.replace(/:\d+$/, ''),
      language: 'de-CH',
      user_agent: 'Firefox/1',
      query: {},
      body: {},
      geoip: {},
    },
    secrets: { PLAN: 'gold' },
    stats: { logins_count: 0 },
    tenant: { id: own.name },
    transaction: { locale: 'en', ui_locales: [] },
    user: {
      user_id: member.user_id,
      email: member.email,
      email_verified: true,
      name: member.email,
      nickname: member.email.split('@')[0],
      created_at: time,
      updated_at: time,
      last_password_reset: time,
      app_metadata: {},
      user_metadata: {},
      identities: [
        { connection: name, provider: 'auth0', user_id: member.user_id.slice('auth0|'.length), isSocial: false },
      ],
      enrolledFactors: [{ type: 'email' }],
    },
  })
})

const createRole = async (name: string): Promise<string> =>
  (await tenant.api.must<{ id: string }>('POST', '/api/v2/roles', { name })).id

test('the names of the user’s roles, as they are now', async () => {
  expect((await eventOfTicket(tenant, user)).authorization).toEqual({ roles: [] })
  const path = `/api/v2/users/${encodeURIComponent(user.user_id)}/roles`
  const [reader, writer] = [await createRole('Reader'), await createRole('Writer & more')]
  await tenant.api.must('POST', path, { roles: [reader, writer] })
  expect((await eventOfTicket(tenant, user)).authorization).toEqual({ roles: ['Reader', 'Writer & more'] })
  await tenant.api.must('PATCH', `/api/v2/roles/${writer}`, { name: 'Author' })
  await tenant.api.must('DELETE', path, { roles: [reader] })
  expect((await eventOfTicket(tenant, user)).authorization).toEqual({ roles: ['Author'] })
})

interface LogEntry {
  type: string
  description: string
  organization_id: string
}
const logOf = (type: string): Promise<LogEntry[]> =>
  tenant.api.must<LogEntry[]>(
    'GET',
    `/api/v2/logs?${new URLSearchParams({ q: `user_id:"${user.user_id}" AND type:${type}` })}`,
  )

test('the organization the reset was asked for on behalf of, for its members only', async () => {
  expect(await eventOfMail(tenant, user)).not.toHaveProperty('organization')
  const facts = { name: 'acme', display_name: 'Acme Inc.', metadata: { plan: 'gold' } }
  const { id } = await tenant.api.must<{ id: string }>('POST', '/api/v2/organizations', facts)
  await tenant.api.must('POST', `/api/v2/organizations/${id}/members`, { members: [user.user_id] })
  expect((await eventOfMail(tenant, user, { organization: id })).organization).toEqual({ id, ...facts })
  await vi.waitFor(async () =>
    expect(await logOf('fcp')).toContainEqual(expect.objectContaining({ organization_id: id })),
  )

  await tenant.api.must('DELETE', `/api/v2/organizations/${id}/members`, { members: [user.user_id] })
  const body = { client_id: tenant.clientId, email: user.email, organization: id }
  expect((await tenant.api.call('POST', '/dbconnections/change_password', body)).status).toBe(200)
  await vi.waitFor(async () =>
    expect(await logOf('fcpr')).toMatchObject([
      { description: 'The user is not a member of the organization', organization_id: id },
    ]),
  )
  const unknown = { ...body, organization: 'org_none' }
  expect(await tenant.api.call('POST', '/dbconnections/change_password', unknown)).toMatchObject({
    status: 400,
    body: { error_description: 'organization: there is no such organization' },
  })
})

test('the application the reset begins in, with its metadata, and the way on to it', async () => {
  const client = await tenant.api.must<{ client_id: string }>('POST', '/api/v2/clients', {
    name: 'Forum',
    client_metadata: { theme: 'dark', tier: 'gold' },
  })
  const { client_id } = client
  const edit = { client_metadata: { theme: null }, initiate_login_uri: 'https://forum.example/login?from=reset' }
  await tenant.api.must('PATCH', `/api/v2/clients/${client_id}`, edit)
  const seen = { client_id, name: 'Forum', metadata: { tier: 'gold' } }
  expect((await eventOfTicket(tenant, user, { client_id })).client).toEqual(seen)
  expect((await eventOfMail(tenant, user, { client_id })).client).toEqual(seen)

  const own = await createTenant(server)
  const { user_id } = await own.addUser()
  await own.api.must('PATCH', `/api/v2/clients/${own.clientId}`, { initiate_login_uri: 'https://shop.example/login' })
  const wayOn = async (order: Record<string, unknown>): Promise<string | undefined> => {
    const ticket = await own.api.must<{ ticket: string }>('POST', '/api/v2/tickets/password-change', {
      user_id,
      ...order,
    })
    const visitor = own.visitor()
    await visitor.get(`/u/reset-password${new URL(ticket.ticket).search}`)
    await visitor.submit('/u/reset-password')
    return (await choosePassword(visitor)).document.querySelector('a.primary')?.getAttribute('href')
  }
  expect(await wayOn({})).toBe('https://shop.example/login')
  expect(await wayOn({ result_url: 'https://shop.example/done' })).toBe('https://shop.example/done')
})

test('the connection, with its metadata, and only in applications that it is enabled for', async () => {
  const own = await createTenant(server)
  await bindTeller(own)
  const member = await own.addUser()
  const [connection] = await own.api.must<{ id: string; name: string }[]>('GET', '/api/v2/connections')
  const { id = '', name = '' } = connection ?? {}
  await own.api.must('PATCH', `/api/v2/connections/${id}`, { metadata: { region: 'eu' } })
  const seen = { id, name, strategy: 'auth0', metadata: { region: 'eu' } }
  expect((await eventOfMail(own, member)).connection).toEqual(seen)

  const forum = await own.api.must<{ client_id: string }>('POST', '/api/v2/clients', { name: 'Forum' })
  const enabled = `/api/v2/connections/${id}/clients`
  await own.api.must('PATCH', enabled, [{ client_id: own.clientId, status: false }])
  const ask = { client_id: own.clientId, email: member.email, connection: name }
  expect((await own.api.call('POST', '/dbconnections/change_password', ask)).status).toBe(400)
  expect((await eventOfTicket(own, member)).client.client_id).toBe(forum.client_id)
  await own.api.must('PATCH', enabled, [{ client_id: own.clientId, status: true }])
  expect((await eventOfMail(own, member)).client.client_id).toBe(own.clientId)
})
