import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashTicket } from '../../../../server/src/tickets/ticket.ts'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
let user: { user_id: string; email: string }
let connectionId: string
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

beforeEach(async () => {
  tenant = await app.createTenant()
  const body = { connection: 'Username-Password-Authentication', email: 'ada@example.com' }
  user = (await tenant.call('POST', '/users', { body })).body
  connectionId = (await tenant.call('GET', '/connections')).body[0].id
})

const mint = (body: Record<string, unknown>) => tenant.call('POST', '/tickets/password-change', { body })
const stored = (url: string, at = Date.now()) => {
  const secret = new URL(url).searchParams.get('ticket') ?? ''
  return app.adapters.tickets.find(tenant.name, hashTicket(secret), at)
}
const seconds = 1_000

describe('a reset link', () => {
  test('has the vendor’s form and lives for five days', async () => {
    const { status, body } = await mint({ user_id: user.user_id })
    expect(status).toBe(201)
    expect(Object.keys(body)).toEqual(['ticket'])
    expect(body.ticket).toMatch(new RegExp(`^http://${tenant.host}/u/reset-password\\?ticket=[A-Za-z0-9]{32}#$`))
    const ticket = await stored(body.ticket)
    expect(ticket).toMatchObject({ purpose: 'reset', userId: user.user_id, marksEmailVerified: false })
    expect((ticket?.expiresAt ?? 0) - (ticket?.createdAt ?? 0)).toBe(432_000 * seconds)
  })

  test('is asked for by connection and address too, with everything a caller may set', async () => {
    const client_id = (await tenant.call('POST', '/clients', { body: { name: 'Shop' } })).body.client_id
    const { body } = await mint({
      connection_id: connectionId,
      email: 'ADA@example.com',
      client_id,
      result_url: 'https://shop.example/done',
      ttl_sec: 600,
      mark_email_as_verified: true,
      includeEmailInRedirect: true,
    })
    const ticket = await stored(body.ticket)
    expect(ticket).toMatchObject({
      userId: user.user_id,
      clientId: client_id,
      resultUrl: 'https://shop.example/done',
      marksEmailVerified: true,
      includesEmailInRedirect: true,
    })
    expect((ticket?.expiresAt ?? 0) - (ticket?.createdAt ?? 0)).toBe(600 * seconds)
  })

  test('ends the one before', async () => {
    const first = await mint({ user_id: user.user_id })
    const second = await mint({ user_id: user.user_id })
    expect(await stored(first.body.ticket)).toBeUndefined()
    expect(await stored(second.body.ticket)).toBeDefined()
  })

  test.each([
    [{}, 400, 'Either user_id, or connection_id and email, must be given'],
    [{ email: 'ada@example.com' }, 400, 'Either user_id, or connection_id and email'],
    [{ user_id: 'auth0|x', email: 'ada@example.com' }, 400, 'together with connection_id or email'],
    [{ user_id: 'auth0|x' }, 404, 'The user does not exist.'],
    [{ connection_id: 'con_x', email: 'ada@example.com' }, 404, 'The connection does not exist'],
    [{ user_id: 'OWN', client_id: 'nobody' }, 404, 'The client does not exist'],
    [{ user_id: 'OWN', organization_id: 'org_x' }, 404, 'No organization found by that id or name'],
    [{ user_id: 'OWN', organization_id: 'o', result_url: 'https://x.example' }, 400, 'together with organization_id'],
    [{ user_id: 'OWN', result_url: 'javascript:alert(1)' }, 400, 'on property result_url'],
    [{ user_id: 'OWN', ttl_sec: -1 }, 400, 'on property ttl_sec'],
    [{ user_id: 'OWN', identity: { user_id: 'other', provider: 'auth0' } }, 404, 'The user does not exist.'],
    [{ user_id: 'OWN', new_password: 'x' }, 400, 'Additional properties not allowed: new_password'],
  ])('is refused: %j', async (body, status, message) => {
    const own = Object.fromEntries(
      Object.entries(body).map(([key, value]) => [key, value === 'OWN' ? user.user_id : value]),
    )
    const answer = await mint(own)
    expect(answer.status).toBe(status)
    expect(answer.body.message).toContain(message)
  })

  test('on behalf of an organization is made for its members only', async () => {
    const { body } = await tenant.call('POST', '/organizations', { body: { name: 'acme', display_name: 'Acme' } })
    const order = { user_id: user.user_id, organization_id: body.id }
    const refused = await mint(order)
    expect(refused).toMatchObject({ status: 400, body: { message: 'The user is not a member of the organization.' } })
    await tenant.call('POST', `/organizations/${body.id}/members`, { body: { members: [user.user_id] } })
    const made = await mint(order)
    expect(await stored(made.body.ticket)).toMatchObject({ organizationId: body.id })
    const stranger = await app.createTenant()
    const foreign = await stranger.call('POST', '/users', {
      body: { connection: 'Username-Password-Authentication', email: 'eve@example.com' },
    })
    const theirs = { user_id: foreign.body.user_id, organization_id: body.id }
    expect((await stranger.call('POST', '/tickets/password-change', { body: theirs })).status).toBe(404)
  })

  test('begins at no client that the connection of the user is not enabled for', async () => {
    const create = async (name: string) => (await tenant.call('POST', '/clients', { body: { name } })).body.client_id
    const [shop, other] = [await create('Shop'), await create('Other')]
    const path = `/connections/${connectionId}`
    expect((await tenant.call('PATCH', path, { body: { enabled_clients: [shop] } })).status).toBe(200)
    expect((await mint({ user_id: user.user_id, client_id: shop })).status).toBe(201)
    for (const named of [{ user_id: user.user_id }, { connection_id: connectionId, email: user.email }]) {
      expect(await mint({ ...named, client_id: other })).toMatchObject({
        status: 400,
        body: { message: "The connection 'Username-Password-Authentication' is not enabled for the client." },
      })
    }
    expect((await mint({ user_id: user.user_id })).status).toBe(201)
  })

  test('is made for an identity that the user has, and for no other', async () => {
    const identity = { user_id: user.user_id.slice('auth0|'.length), provider: 'auth0' }
    const own = { ...identity, connection_id: connectionId }
    expect((await mint({ user_id: user.user_id, identity })).status).toBe(201)
    expect((await mint({ user_id: user.user_id, identity: own })).status).toBe(201)
    const foreign = (await tenant.call('POST', '/connections', { body: { name: 'other', strategy: 'auth0' } })).body.id
    for (const wrong of [{ connection_id: foreign }, { connection_id: 'con_x' }, { user_id: 'x' }]) {
      const answer = await mint({ user_id: user.user_id, identity: { ...own, ...wrong } })
      expect(answer).toMatchObject({ status: 404, body: { errorCode: 'inexistent_user' } })
    }
    const social = await mint({ user_id: user.user_id, identity: { ...identity, provider: 'google-oauth2' } })
    expect(social).toMatchObject({ status: 400, body: { message: expect.stringContaining('identity.provider') } })
  })

  test('is not made for an unknown address of a known connection', async () => {
    const answer = await mint({ connection_id: connectionId, email: 'nobody@example.com' })
    expect(answer).toMatchObject({ status: 404, body: { errorCode: 'inexistent_user' } })
  })

  test('is not made for a directory connection', async () => {
    await tenant.call('POST', '/connections', { body: { name: 'corp', strategy: 'ad' } })
    const { body } = await tenant.call('POST', '/users', { body: { connection: 'corp', email: 'b@example.com' } })
    const answer = await mint({ user_id: body.user_id })
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining("connection 'corp'") } })
  })
})

describe('guardian', () => {
  test('lists the factors in the vendor’s order and switches them, also several at once', async () => {
    const { body } = await tenant.call('GET', '/guardian/factors')
    expect(body).toEqual(
      ['sms', 'push-notification', 'otp', 'email', 'duo', 'webauthn-roaming', 'webauthn-platform', 'recovery-code'].map(
        (name) => ({ name, enabled: false, trial_expired: false }),
      ),
    )
    const names = ['otp', 'email', 'webauthn-roaming']
    const answers = await Promise.all(
      names.map((name) => tenant.call('PUT', `/guardian/factors/${name}`, { body: { enabled: true } })),
    )
    expect(answers.map((answer) => answer.body)).toEqual(names.map(() => ({ enabled: true })))
    await tenant.call('PUT', '/guardian/factors/email', { body: { enabled: false } })
    const on = (await tenant.call('GET', '/guardian/factors')).body.filter(
      ({ enabled }: { enabled: boolean }) => enabled,
    )
    expect(on.map(({ name }: { name: string }) => name)).toEqual(['otp', 'webauthn-roaming'])
    // What nobody can enrol is kept for the vendor's tools, and offered to nobody.
    await tenant.call('PUT', '/guardian/factors/duo', { body: { enabled: true } })
    expect((await tenant.call('GET', '/guardian/factors')).body).toContainEqual(
      expect.objectContaining({ name: 'duo', enabled: true }),
    )
    expect((await tenant.call('PUT', '/guardian/factors/smoke', { body: { enabled: true } })).status).toBe(400)
    expect((await tenant.call('PUT', '/guardian/factors/otp', { body: {} })).status).toBe(400)
  })

  test('gives a link with which the user enrols a factor, and mails it when asked', async () => {
    const ticket = { user_id: user.user_id, send_mail: true }
    const { status, body } = await tenant.call('POST', '/guardian/enrollments/ticket', { body: ticket })
    expect(status).toBe(200)
    expect(body.ticket_url).toMatch(new RegExp(`^http://${tenant.host}/u/enroll\\?ticket=[A-Za-z0-9]{32}$`))
    expect(body.ticket_url).not.toContain(body.ticket_id)
    expect(await stored(body.ticket_url)).toMatchObject({ purpose: 'enroll', userId: user.user_id })
    await app.adapters.background.settled()
    const mails = app.adapters.outbox?.list() ?? []
    expect(mails).toContainEqual(
      expect.objectContaining({ to: user.email, text: expect.stringContaining(body.ticket_url) }),
    )
  })
})

describe('an enrolment link', () => {
  const order = (over: object) =>
    tenant.call('POST', '/guardian/enrollments/ticket', { body: { user_id: user.user_id, ...over } })

  test('is made for one factor where the caller says so', async () => {
    await tenant.call('PUT', '/guardian/factors/otp', { body: { enabled: true } })
    const { body } = await order({ factor: 'otp', allow_multiple_enrollments: true })
    expect(await stored(body.ticket_url)).toMatchObject({ enrolls: 'totp' })
    expect(await stored((await order({})).body.ticket_url)).not.toHaveProperty('enrolls')
  })

  test.each([
    [{ email_locale: 'de; q=1' }, 'must be a language tag'],
    [{ factor: 'webauthn-roaming' }, 'The factor webauthn-roaming is not switched on.'],
    [{ factor: 'phone' }, 'on property factor'],
    [{ allow_multiple_enrollments: false }, 'on property allow_multiple_enrollments'],
  ])('is refused: %j', async (over, message) => {
    const answer = await order(over)
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } })
  })
})

describe('change_password', () => {
  const ask = (body: Record<string, unknown>) => tenant.open('POST', '/dbconnections/change_password', { body })
  const sent = async (to: string) => {
    await app.adapters.background.settled()
    return (app.adapters.outbox?.list() ?? []).filter((message) => message.to === to)
  }
  const connection = 'Username-Password-Authentication'

  test('answers the same for known and unknown addresses, and mails the known one', async () => {
    const email = 'known@example.com'
    await tenant.call('POST', '/users', { body: { connection, email } })
    const answers = [await ask({ email, connection }), await ask({ email: 'unknown@example.com', connection })]
    for (const { status, body, headers } of answers) {
      expect({ status, body }).toEqual({ status: 200, body: "We've just sent you an email to reset your password." })
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
    }
    expect(await sent(email)).toHaveLength(1)
    expect(await sent('unknown@example.com')).toHaveLength(0)
  })

  test.each([
    [{ connection }, 'email: required'],
    [{ email: 'nonsense', connection }, 'email: '],
    [{ email: 'ada@example.com', connection: 'nowhere' }, 'The connection does not exist.'],
    [{ email: 'ada@example.com', connection, client_id: 'nobody' }, 'client_id: there is no such client'],
    [{ email: 'ada@example.com', connection, organization: 'org_x' }, 'organization: '],
  ])('refuses %j', async (body, text) => {
    const answer = await ask(body)
    expect(answer).toMatchObject({ status: 400, body: { error_description: expect.stringContaining(text) } })
  })

  test('refuses a directory connection in plain words', async () => {
    await tenant.call('POST', '/connections', { body: { name: 'corp', strategy: 'ad' } })
    const answer = await ask({ email: 'ada@example.com', connection: 'corp' })
    expect(answer).toMatchObject({ status: 400, body: { error_description: expect.stringContaining('directory') } })
  })

  test('asks for the application once an action is bound', async () => {
    const trigger = 'password-reset-post-challenge'
    const code = 'exports.onExecutePostChallenge = async () => {}'
    await tenant.call('POST', '/actions/actions', {
      body: { name: 'a', supported_triggers: [{ id: trigger }], code, deploy: true },
    })
    const bindings = [{ ref: { type: 'action_name', value: 'a' } }]
    await tenant.call('PATCH', `/actions/triggers/${trigger}/bindings`, { body: { bindings } })
    const without = await ask({ email: user.email, connection })
    expect(without).toMatchObject({
      status: 400,
      body: { error_description: expect.stringContaining('client_id: required') },
    })
    expect((await ask({ email: user.email, connection, client_id: tenant.client.client_id })).status).toBe(200)
  })

  test('is limited per address', async () => {
    await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { resetRequests: 1 } })
    await ask({ email: 'twice@example.com', connection })
    expect(await ask({ email: 'twice@example.com', connection })).toMatchObject({ status: 429 })
  })
})

test('an execution is read with its outcome, its console and the author’s own lines', async () => {
  const now = Date.UTC(2030, 0, 1)
  const id = 'A'.repeat(32)
  await app.adapters.executions.create(tenant.name, {
    id,
    trigger: 'password-reset-post-challenge',
    userId: user.user_id,
    status: 'partial',
    results: [
      {
        actionName: 'check',
        actionId: 'a',
        versionId: 'v',
        handler: 'onExecutePostChallenge',
        ending: 'threw',
        error: { name: 'TypeError', message: 'no', stack: 'TypeError: no\n    at action.js:3:5' },
        console: [{ level: 'log', text: 'hello' }],
        consoleTruncated: false,
        warnings: [],
        startedAt: now,
        wallMs: 12,
        cpuMs: 3,
        heapBytes: 1_000,
        egress: [{ host: 'api.example.com', method: 'GET', status: 200, ms: 12, bytesIn: 34, bytesOut: 0 }],
      },
    ],
    createdAt: now,
    updatedAt: now,
  })
  const { body } = await tenant.call('GET', `/actions/executions/${id}`)
  expect(body).toMatchObject({
    id,
    trigger_id: 'password-reset-post-challenge',
    status: 'partial',
    results: [
      {
        action_name: 'check',
        error: { id: 'threw', msg: 'TypeError: no\n    at action.js:3:5', url: '' },
        started_at: '2030-01-01T00:00:00.000000000Z',
        ended_at: '2030-01-01T00:00:00.012000000Z',
        outcome: 'threw',
        console: [{ level: 'log', text: 'hello' }],
        egress: [{ host: 'api.example.com', method: 'GET', status: 200, ms: 12, bytes_in: 34, bytes_out: 0 }],
      },
    ],
  })
  const stranger = await app.createTenant()
  expect(await stranger.call('GET', `/actions/executions/${id}`)).toMatchObject({
    status: 404,
    body: { message: 'That execution does not exist.' },
  })
})
