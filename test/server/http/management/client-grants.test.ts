import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp, requestToken } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
let audience: string
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  audience = `http://${tenant.host}/api/v2/`
})
afterAll(() => app.close())

interface Credentials {
  client_id: string
  client_secret: string
}

const createClient = async (over: Record<string, unknown> = {}): Promise<Credentials> => {
  const { client_id, client_secret } = (await tenant.call('POST', '/clients', { body: { name: 'Robot', ...over } }))
    .body
  return { client_id, client_secret }
}

const grant = (client_id: string, over: Record<string, unknown> = {}) =>
  tenant.call('POST', '/client-grants', { body: { client_id, audience, scope: ['read:users'], ...over } })

const tokenOf = ({ client_id, client_secret }: Credentials) =>
  requestToken(tenant.open, { grant_type: 'client_credentials', client_id, client_secret, audience })

describe('a client gets tokens', () => {
  test('by its grant alone, which counts from the next token on', async () => {
    const client = await createClient()
    expect((await tokenOf(client)).status).toBe(403)
    const { body } = await grant(client.client_id)
    expect(body.id).toMatch(/^cgr_[A-Za-z0-9]{16}$/)
    const first = (await tokenOf(client)).body
    expect(first.scope).toBe('read:users')
    const call = tenant.callAs(first.access_token)
    expect([(await call('GET', '/users')).status, (await call('GET', '/clients')).status]).toEqual([200, 403])

    await tenant.call('PATCH', `/client-grants/${body.id}`, { body: { scope: ['read:clients', 'read:stars'] } })
    const second = (await tokenOf(client)).body
    expect(second.scope).toBe('read:clients read:stars')
    expect((await tenant.callAs(second.access_token)('GET', '/clients')).status).toBe(200)
    await tenant.call('PATCH', `/client-grants/${body.id}`, { body: { allow_all_scopes: true } })
    expect((await tokenOf(client)).body.scope.split(' ')).toContain('delete:connections')
    expect((await tenant.call('DELETE', `/client-grants/${body.id}`)).status).toBe(204)
    expect((await tokenOf(client)).status).toBe(403)
  })

  test('not as a public client, and not without the grant type', async () => {
    const client = await createClient()
    await grant(client.client_id)
    const edit = (body: unknown) => tenant.call('PATCH', `/clients/${client.client_id}`, { body })
    await edit({ token_endpoint_auth_method: 'none' })
    expect((await tokenOf(client)).status).toBe(401)
    await edit({ token_endpoint_auth_method: 'client_secret_post', grant_types: ['implicit'] })
    expect(await tokenOf(client)).toMatchObject({ status: 403, body: { error: 'unauthorized_client' } })
    await edit({ grant_types: ['implicit', 'client_credentials'] })
    expect((await tokenOf(client)).status).toBe(200)
  })

  test('with the newest secret alone', async () => {
    const client = await createClient()
    await grant(client.client_id)
    const rotated = await tenant.call('POST', `/clients/${client.client_id}/rotate-secret`)
    expect(rotated).toMatchObject({ status: 200, body: { client_id: client.client_id, name: 'Robot' } })
    expect((await tokenOf(client)).status).toBe(401)
    expect((await tokenOf({ ...client, client_secret: rotated.body.client_secret })).status).toBe(200)
    expect((await tenant.call('POST', '/clients/none/rotate-secret')).status).toBe(404)
  })
})

test('who may change clients cannot take the scopes of another by its secret', async () => {
  const [robot, other] = [await createClient(), await createClient()]
  const made = (await grant(robot.client_id, { scope: ['read:clients', 'update:clients'] })).body
  await grant(other.client_id, { allow_all_scopes: true })
  const rotate = async () =>
    tenant.callAs((await tokenOf(robot)).body.access_token)('POST', `/clients/${other.client_id}/rotate-secret`)
  expect((await rotate()).status).toBe(403)
  expect((await tokenOf(other)).status).toBe(200)
  await tenant.call('PATCH', `/client-grants/${made.id}`, { body: { scope: ['update:client_keys'] } })
  expect((await rotate()).status).toBe(200)
  expect((await tokenOf(other)).status).toBe(401)
})

describe('grants', () => {
  test('show what was set', async () => {
    const { client_id } = await createClient()
    const kept = { organization_usage: 'allow', allow_any_organization: true }
    const created = await grant(client_id, { ...kept, subject_type: 'client' })
    const shown = { client_id, audience, scope: ['read:users'], subject_type: 'client', ...kept }
    expect(created).toMatchObject({ status: 201, body: shown })
    const path = `/client-grants/${created.body.id}`
    expect((await tenant.call('GET', path)).body).toEqual(created.body)
    const edited = await tenant.call('PATCH', path, { body: { organization_usage: null } })
    expect(edited.body).not.toHaveProperty('organization_usage')
    expect(edited.body).toMatchObject({ scope: ['read:users'], allow_any_organization: true })
    const found = await tenant.call('GET', '/clients?q=client_grant.allow_any_organization:true&fields=client_id')
    expect(found.body).toEqual([{ client_id }])
  })

  test('are for this API and for clients that exist, one each', async () => {
    const { client_id } = await createClient()
    expect((await grant(client_id, { audience: 'https://other.example/' })).body.errorCode).toBe(
      'inexistent_resource_server',
    )
    expect((await grant('nobody')).body.errorCode).toBe('inexistent_client')
    expect((await grant(client_id, { scope: ['with space'] })).status).toBe(400)
    // The vendor's clients always name https.
    expect((await grant(client_id, { audience: `https://${tenant.host}/api/v2/` })).status).toBe(201)
    expect((await grant(client_id)).status).toBe(409)
    expect((await tenant.call('PATCH', '/client-grants/none', { body: {} })).status).toBe(404)
    expect((await tenant.call('DELETE', '/client-grants/none')).status).toBe(404)
  })

  test('are listed by checkpoint, and by client and audience', async () => {
    const own = await app.createTenant()
    const list = async (query: string) => (await own.call('GET', `/client-grants${query}`)).body
    const first = await list('?take=1&include_totals=true')
    expect(first).toEqual({
      client_grants: [expect.objectContaining({ client_id: own.client.client_id, allow_all_scopes: true })],
    })
    expect(await list(`?client_id=${own.client.client_id}`)).toHaveLength(1)
    expect(await list('?client_id=other')).toEqual([])
    expect(await list('?audience=https://other.example/')).toEqual([])
    expect(await list('?include_totals=true')).toMatchObject({ total: 1, start: 0 })
    expect((await tenant.call('GET', `/client-grants/${first.client_grants[0].id}`)).status).toBe(404)
  })
})
