/** The call with which programs ask for a reset mail: what it takes, and what it says when it refuses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

const connection = 'Username-Password-Authentication'
const email = 'ada@example.com'

let app: ApiApp
let tenant: ApiTenant
let clientId: string
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  clientId = (await tenant.call('POST', '/clients', { body: { name: 'Shop' } })).body.client_id
  await tenant.call('POST', '/users', { body: { connection, email, username: 'ada' } })
})
afterAll(() => app.close())

const ask = (body: Record<string, unknown>) => tenant.open('POST', '/dbconnections/change_password', { body })

const said = { status: 200, body: "We've just sent you an email to reset your password." }

test('known and unknown, by address or name, with and without a client: the answer is one text', async () => {
  const { body: organization } = await tenant.call('POST', '/organizations', { body: { name: 'partners' } })
  const requests = [
    { client_id: clientId, email, connection },
    { client_id: clientId, email: 'nobody@example.com', connection },
    { client_id: clientId, username: 'ada', connection },
    { email, connection },
    { client_id: clientId, email },
    { client_id: clientId, email, connection, organization: organization.id },
    { client_id: clientId, email, connection, something: 'else' },
  ]
  for (const request of requests) {
    const answer = await ask(request)
    expect(answer).toMatchObject(said)
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  }
})

describe('a refusal names what is wrong', () => {
  test.each([
    [{}, 'invalid_request', 'email: required'],
    [{ email: 'ada' }, 'invalid_request', expect.stringMatching(/^email: /)],
    [{ email, client_id: 7 }, 'invalid_request', expect.stringMatching(/^client_id: /)],
    [{ email, client_id: 'nobody' }, 'invalid_request', 'client_id: there is no such client'],
    [{ email, organization: 'org_nothing' }, 'invalid_request', 'organization: there is no such organization'],
    [{ email, connection: 'No-Such' }, 'connection_unknown', 'The connection does not exist.'],
  ])('%j', async (request, error, error_description) => {
    expect(await ask(request)).toMatchObject({ status: 400, body: { error, error_description } })
  })

  test('a client that is missing while actions are bound', async () => {
    const trigger = 'password-reset-post-challenge'
    const code = 'exports.onExecutePostChallenge = async () => {}'
    const action = { name: 'bound', supported_triggers: [{ id: trigger }], code, deploy: true }
    await tenant.call('POST', '/actions/actions', { body: action })
    const path = `/actions/triggers/${trigger}/bindings`
    const ref = { type: 'action_name', value: 'bound' }
    await tenant.call('PATCH', path, { body: { bindings: [{ ref }] } })
    const error_description = `client_id: required while actions are bound to ${trigger}`
    expect(await ask({ email, connection })).toMatchObject({ status: 400, body: { error_description } })
    expect(await ask({ email, connection, client_id: clientId })).toMatchObject(said)
    await tenant.call('PATCH', path, { body: { bindings: [] } })
  })
})

test('who asks too often is told when to come again', async () => {
  await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { resetRequests: 1 } })
  const often = { client_id: clientId, email: 'often@example.com', connection }
  expect((await ask(often)).status).toBe(200)
  const refused = await ask(often)
  expect(refused).toMatchObject({
    status: 429,
    body: { error: 'too_many_requests', error_description: 'Too many requests. Try again later.' },
  })
  const seconds = Number(refused.headers['retry-after'])
  expect(seconds).toBeGreaterThan(30)
  expect(seconds).toBeLessThanOrEqual(60)
  app.advance(seconds * 1_000)
  expect((await ask(often)).status).toBe(200)
})
