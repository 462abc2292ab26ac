import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, openApiApp, requestToken } from '../../../support/api-app.ts'

let app: ApiApp
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

const acme = { name: 'acme', domain: 'acme.localhost:3000', scheme: 'http' }

describe('who may operate', () => {
  test.each([undefined, 'wrong', ''])('no one with the token %j', async (token) => {
    const answer = await app.operatorAs(token)('GET', '/tenants')
    expect(answer).toMatchObject({ status: 401, body: { statusCode: 401, error: 'Unauthorized' } })
  })
})

describe('a new tenant', () => {
  test('starts with a connection and a client that holds every management scope', async () => {
    const created = await app.operator('POST', '/tenants', { body: acme })
    expect(created.status).toBe(201)
    expect(created.body.tenant).toMatchObject({ ...acme, reset_mfa: 'if-enrolled' })
    const { client_id, client_secret } = created.body.management_client
    expect(client_id).toMatch(/^[A-Za-z0-9]{32}$/)

    const tenant = await app.createTenant()
    const { body } = await tenant.call('GET', '/connections')
    expect(body).toMatchObject([{ name: 'Username-Password-Authentication', strategy: 'auth0' }])
    const factors = await tenant.call('GET', '/guardian/factors')
    expect(factors.body.filter(({ enabled }: { enabled: boolean }) => enabled)).toEqual([])
    expect(client_secret.length).toBeGreaterThanOrEqual(32)
  })

  test.each([
    ['name', { ...acme, name: 'Acme' }],
    ['name', { ...acme, name: '-acme' }],
    ['domain', { ...acme, name: 'b', domain: 'https://b.example' }],
    ['domain', { ...acme, name: 'b', domain: 'B.example' }],
    ['domain', { ...acme, name: 'b', domain: 'b.example/path' }],
    ['domain', { ...acme, name: 'b', domain: 'b.example:443', scheme: 'https' }],
    ['scheme', { ...acme, name: 'b', domain: 'b.example' }],
    ['scheme', { ...acme, name: 'b', scheme: 'ftp' }],
  ])('is refused for its %s: %j', async (field, body) => {
    const answer = await app.operator('POST', '/tenants', { body })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(answer.body.message).toContain(`on property ${field}`)
  })

  test('is refused for a property that does not exist', async () => {
    const answer = await app.operator('POST', '/tenants', { body: { ...acme, colour: 'red' } })
    expect(answer.body.message).toBe("Payload validation error: 'Additional properties not allowed: colour'.")
  })

  test('cannot take the name or the domain of another one', async () => {
    const { name, host } = await app.createTenant()
    const sameName = await app.operator('POST', '/tenants', { body: { name, domain: 'other.example' } })
    expect(sameName).toMatchObject({ status: 409, body: { message: 'Another tenant has this name.' } })
    const sameDomain = await app.operator('POST', '/tenants', { body: { name: 'other', domain: host, scheme: 'http' } })
    expect(sameDomain).toMatchObject({ status: 409, body: { message: 'Another tenant has this domain.' } })
  })

  test('of two with one name at once only one is made', async () => {
    const body = { name: 'twins', domain: 'twins.localhost:3000', scheme: 'http' }
    const both = await Promise.all([0, 1].map(() => app.operator('POST', '/tenants', { body })))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })
})

describe('a tenant', () => {
  test('is read, listed, edited and removed', async () => {
    const { name, host } = await app.createTenant()
    expect((await app.operator('GET', `/tenants/${name}`)).body).toMatchObject({ name, domain: host })
    const patch = { friendly_name: 'Acme', support_email: 'help@acme.example', reset_mfa: 'actions-only' }
    expect((await app.operator('PATCH', `/tenants/${name}`, { body: patch })).body).toMatchObject(patch)
    const cleared = await app.operator('PATCH', `/tenants/${name}`, { body: { friendly_name: null } })
    expect(cleared.body).not.toHaveProperty('friendly_name')
    expect(cleared.body.support_email).toBe('help@acme.example')
    const list = await app.operator('GET', '/tenants')
    expect(list.body.tenants.map((tenant: { name: string }) => tenant.name)).toContain(name)

    expect((await app.operator('DELETE', `/tenants/${name}`)).status).toBe(204)
    expect((await app.operator('GET', `/tenants/${name}`)).status).toBe(404)
    expect((await app.operator('DELETE', `/tenants/${name}`)).status).toBe(404)
  })

  test('sends its own words by its own mail server only, until the operator says otherwise', async () => {
    const { name, call } = await app.createTenant()
    const patch = async (mail_templates: unknown) =>
      app.operator('PATCH', `/tenants/${name}`, { body: { mail_templates } })
    expect((await app.operator('GET', `/tenants/${name}`)).body.mail_templates).toBe('own-server')
    expect((await patch('any-server')).body.mail_templates).toBe('any-server')
    expect((await call('GET', '/tenants/settings')).body).not.toHaveProperty('mail_templates')
    expect((await call('PATCH', '/tenants/settings', { body: { mail_templates: 'any-server' } })).status).toBe(400)
    expect((await patch(null)).body.mail_templates).toBe('own-server')
    expect((await patch('no-server')).status).toBe(400)
  })

  test('may be held to some hosts, to none, and to no list again', async () => {
    const { name } = await app.createTenant()
    const patch = async (egress_hosts: unknown) => app.operator('PATCH', `/tenants/${name}`, { body: { egress_hosts } })
    const hosts = [
      'api.example.com',
      '*.example.org',
      '*.example.net:8443',
      '192.0.2.1:80',
      '[2001:db8::1]',
      'localhost',
    ]
    for (const list of [hosts, []]) expect((await patch(list)).body.egress_hosts).toEqual(list)
    expect((await patch(null)).body).not.toHaveProperty('egress_hosts')
  })

  test.each([
    'https://api.example.com',
    'API.example.com',
    'api.example.com/',
    'user@api.example.com',
    'api.example.com:0',
    'api.example.com:65536',
    '*',
    '*.',
    'a.*.example.com',
    '*.192.0.2.1',
    '0x7f.1',
    '127.1',
    'bücher.example',
    '::1',
    ' api.example.com',
    '',
  ])('cannot be held to %j: no request has such a host', async (entry) => {
    const { name } = await app.createTenant()
    const answer = await app.operator('PATCH', `/tenants/${name}`, { body: { egress_hosts: [entry] } })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
  })

  test('two edits at once both count', async () => {
    const { name } = await app.createTenant()
    await Promise.all([
      app.operator('PATCH', `/tenants/${name}`, { body: { friendly_name: 'Acme' } }),
      app.operator('PATCH', `/tenants/${name}`, { body: { support_email: 'help@acme.example' } }),
    ])
    const { body } = await app.operator('GET', `/tenants/${name}`)
    expect(body).toMatchObject({ friendly_name: 'Acme', support_email: 'help@acme.example' })
  })

  test('that was removed takes its tokens with it, also when its name is used again', async () => {
    const tenant = await app.createTenant()
    await app.operator('DELETE', `/tenants/${tenant.name}`)
    expect((await tenant.call('GET', '/clients')).status).toBe(404)
    await app.operator('POST', '/tenants', { body: { name: tenant.name, domain: tenant.host, scheme: 'http' } })
    expect((await tenant.call('GET', '/clients')).status).toBe(401)
    const old = { grant_type: 'client_credentials', ...tenant.client, audience: `http://${tenant.host}/api/v2/` }
    expect((await requestToken(tenant.open, old)).status).toBe(401)
  })
})

test('in production no tenant is without TLS', async () => {
  const production = await openApiApp({
    NODE_ENV: 'production',
    ENCRYPTION_KEYS: 'unused',
    SMTP_URL: 'smtp://localhost:2525',
  })
  try {
    const answer = await production.operator('POST', '/tenants', { body: acme })
    expect(answer).toMatchObject({ status: 400 })
    expect(answer.body.message).toContain('must be https in production')
  } finally {
    await production.close()
  }
})
