import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp, requestToken } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

const grant = (over: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  ...tenant.client,
  audience: `https://${tenant.host}/api/v2/`,
  ...over,
})

describe('a token', () => {
  test('is given for a form, for JSON, and for HTTP Basic', async () => {
    const { client_id, client_secret, ...rest } = grant()
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`
    const answers = [
      await requestToken(tenant.open, grant()),
      await tenant.open('POST', '/oauth/token', { body: grant() }),
      await tenant.open('POST', '/oauth/token', { body: rest, headers: { authorization: basic } }),
    ]
    for (const { status, body, headers } of answers) {
      expect(status).toBe(200)
      expect(body).toMatchObject({
        token_type: 'Bearer',
        expires_in: 86_400,
        scope: expect.stringContaining('read:users'),
      })
      expect(headers['cache-control']).toBe('no-store')
      expect((await tenant.callAs(body.access_token)('GET', '/clients')).status).toBe(200)
    }
  })

  test.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'access_denied'],
    ['an unknown client', { client_id: 'nobody' }, 401, 'access_denied'],
    ['another grant', { grant_type: 'password' }, 403, 'unauthorized_client'],
    ['another audience', { audience: 'https://elsewhere.example/api/v2/' }, 403, 'access_denied'],
  ])('is not given for %s', async (_, over, status, error) => {
    const answer = await requestToken(tenant.open, grant(over))
    expect(answer).toMatchObject({ status, body: { error, error_description: expect.any(String) } })
  })

  test('is not given without an audience, or to nobody', async () => {
    const { audience: _, ...rest } = grant()
    expect(await requestToken(tenant.open, rest)).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
    expect(await tenant.open('POST', '/oauth/token')).toMatchObject({ status: 400, body: { error: 'invalid_request' } })
  })

  test('is not given to an application without management scopes', async () => {
    const { body } = await tenant.call('POST', '/clients', { body: { name: 'Shop' } })
    const { client_id, client_secret } = body
    const answer = await requestToken(tenant.open, grant({ client_id, client_secret }))
    expect(answer).toMatchObject({ status: 403, body: { error: 'access_denied' } })
  })

  test('is not given to the client of another tenant', async () => {
    const other = await app.createTenant()
    expect((await requestToken(tenant.open, grant(other.client))).status).toBe(401)
  })

  test('outlives a restart, as its key is stored', async () => {
    const { accessTokens } = (await import('../../../../server/src/compose-access.ts')).composeAccess(app.adapters)
    const found = await app.adapters.tenants.find(tenant.name)
    expect(await accessTokens.verify(found!, tenant.token)).toMatchObject({ clientId: tenant.client.client_id })
  })

  test('ends after a day', async () => {
    const aging = await openApiApp()
    try {
      const { call } = await aging.createTenant()
      aging.advance(86_399_000)
      expect((await call('GET', '/clients')).status).toBe(200)
      aging.advance(2_000)
      expect((await call('GET', '/clients')).status).toBe(401)
    } finally {
      await aging.close()
    }
  })
})

describe('the management API', () => {
  const unauthorized = {
    status: 401,
    body: { statusCode: 401, error: 'Unauthorized', message: 'Invalid token', errorCode: 'invalid_token' },
  }

  test.each([undefined, 'nonsense', 'a.b.c'])('refuses the token %j', async (token) => {
    expect(await tenant.callAs(token)('GET', '/clients')).toMatchObject(unauthorized)
  })

  test("refuses another tenant's token", async () => {
    const other = await app.createTenant()
    expect(await tenant.callAs(other.token)('GET', '/clients')).toMatchObject(unauthorized)
  })

  test('refuses tokens that nobody signed, or somebody else', async () => {
    const claims = {
      azp: 'x',
      scope: 'read:clients',
      iss: `http://${tenant.host}/`,
      aud: `http://${tenant.host}/api/v2/`,
    }
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new Uint8Array(32))
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const unsigned = `${part({ alg: 'none' })}.${part({ ...claims, exp: Date.now() })}.`
    for (const token of [forged, unsigned]) {
      expect(await tenant.callAs(token)('GET', '/clients')).toMatchObject(unauthorized)
    }
  })

  test('names the scopes that are missing, in the words that deploy tools look for', async () => {
    const call = tenant.callAs(await tenant.tokenFor('read:actions'))
    expect((await call('GET', '/actions/actions')).status).toBe(200)
    expect(await call('POST', '/actions/actions', { body: {} })).toMatchObject({
      status: 403,
      body: {
        statusCode: 403,
        error: 'Forbidden',
        message: 'Insufficient scope, expected any of: create:actions',
        errorCode: 'insufficient_scope',
      },
    })
  })

  test('answers on the host of a tenant only', async () => {
    const elsewhere = await tenant.open('GET', '/api/v2/clients', { headers: { host: 'nobody.example' } })
    expect(elsewhere).toMatchObject({ status: 404, body: { statusCode: 404, error: 'Not Found' } })
  })

  test('answers 404 for what is not there, to those who may call', async () => {
    expect(await tenant.call('GET', '/rules')).toMatchObject({ status: 404, body: { statusCode: 404 } })
  })

  test('says where a body is broken or wrong', async () => {
    const broken = await tenant.call('POST', '/clients', { text: '{"name":' })
    expect(broken).toMatchObject({ status: 400, body: { message: 'Invalid request payload JSON format' } })
    const missing = await tenant.call('POST', '/clients', { body: {} })
    expect(missing.body.message).toContain("Payload validation error: 'Missing required property: name'")
    const wrongType = await tenant.call('POST', '/clients', { body: { name: 7 } })
    expect(wrongType.body).toMatchObject({
      errorCode: 'invalid_body',
      message:
        "Payload validation error: 'Expected type string but found type number' on property name (Name of this client).",
    })
    const query = await tenant.call('GET', '/clients?per_page=1000')
    expect(query.body).toMatchObject({
      errorCode: 'invalid_uri',
      message: expect.stringContaining('on property per_page'),
    })
    const none = await tenant.call('POST', '/clients')
    expect(none.body.message).toBe("Payload validation error: 'Expected type object but found type null'.")
    const poisoned = await tenant.call('POST', '/clients', { text: '{"name":"a","__proto__":{}}' })
    expect(poisoned.status).toBe(400)
    const media = await tenant.call('POST', '/clients', { text: '<a/>', contentType: 'application/xml' })
    expect(media).toMatchObject({ status: 415, body: { statusCode: 415, error: 'Unsupported Media Type' } })
  })

  test('never repeats a value that was sent', async () => {
    const answer = await tenant.call('POST', '/users', { body: { connection: 'x', password: ['hunter2'] } })
    expect(JSON.stringify(answer.body)).not.toContain('hunter2')
  })
})
