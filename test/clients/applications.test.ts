/** Where a reset begins and where its user is kept, by the vendor's management client. */
import { generateKeyPairSync } from 'node:crypto'
import { Management, ManagementClient } from 'auth0'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, database, managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
})
afterAll(() => site.stop())

describe('a client', () => {
  test('is created with a secret that is shown this once, read, changed and deleted', async () => {
    const created = await management.clients.create({ name: 'Shop', client_metadata: { theme: 'dark', tier: 'gold' } })
    const id = created.client_id ?? ''
    expect(id).toMatch(/^[0-9a-zA-Z]{32}$/)
    expect(created.client_secret).toBeTruthy()
    expect(await management.clients.get(id)).not.toHaveProperty('client_secret')
    const changed = await management.clients.update(id, {
      name: 'Store',
      initiate_login_uri: 'https://shop.example/login',
      client_metadata: { theme: null as unknown as string },
    })
    expect(changed).toMatchObject({ name: 'Store', initiate_login_uri: 'https://shop.example/login' })
    expect(changed.client_metadata).toEqual({ tier: 'gold' })
    await management.clients.delete(id)
    await expect(management.clients.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { errorCode: 'inexistent_client', message: 'The client does not exist' },
    })
  })

  test('is listed with all the others, page by page', async () => {
    for (const name of ['One', 'Two', 'Three']) await management.clients.create({ name })
    const page = await management.clients.list({ per_page: 2, fields: 'name' })
    expect(page.data).toHaveLength(2)
    expect(Object.keys(page.data[0] ?? {})).toEqual(['name'])
    const all = await allOf(management.clients.list({ per_page: 2 }))
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['Management', 'One', 'Two', 'Three']))
    expect(page.response.total).toBe(all.length)
  })
})

describe('a client of the management API', () => {
  const createClient = async (scope: string[]) => {
    const { client_id: clientId = '', client_secret: clientSecret = '' } = await management.clients.create({
      name: 'Back office',
      app_type: 'non_interactive',
    })
    const grant = await management.clientGrants.create({
      client_id: clientId,
      audience: `${site.origin}/api/v2/`,
      scope,
    })
    return { clientId, clientSecret, grantId: grant.id ?? '' }
  }

  test('may do what it is granted, and nothing else', async () => {
    const { grantId, ...credentials } = await createClient(['read:roles'])
    const office = new ManagementClient({ domain: site.domain, ...credentials })
    expect((await office.roles.list()).data).toEqual([])
    await expect(office.clients.list()).rejects.toBeInstanceOf(Management.ForbiddenError)

    await management.clientGrants.update(grantId, { scope: ['read:clients'] })
    const later = new ManagementClient({ domain: site.domain, ...credentials })
    expect((await later.clients.list()).data.length).toBeGreaterThan(1)
    expect(await management.clientGrants.get(grantId)).toMatchObject({ scope: ['read:clients'] })

    await management.clientGrants.delete(grantId)
    const last = new ManagementClient({ domain: site.domain, ...credentials })
    await expect(last.clients.list()).rejects.toMatchObject({ statusCode: 403 })
  })

  test('has grants that are listed part by part', async () => {
    const { clientId, grantId } = await createClient(['read:roles'])
    await createClient(['read:roles'])
    const ofClient = await allOf(management.clientGrants.list({ client_id: clientId }))
    expect(ofClient.map(({ id }) => id)).toEqual([grantId])
    const all = await allOf(management.clientGrants.list({ take: 1 }))
    expect(all.length).toBeGreaterThan(1)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  })

  test('gets a new secret, and the old one is worth nothing from then on', async () => {
    const { clientId, clientSecret } = await createClient(['read:roles'])
    const { client_secret: renewed = '' } = await management.clients.rotateSecret(clientId)
    const before = new ManagementClient({ domain: site.domain, clientId, clientSecret })
    await expect(before.roles.list()).rejects.toMatchObject({ statusCode: 401 })
    const after = new ManagementClient({ domain: site.domain, clientId, clientSecret: renewed })
    expect((await after.roles.list()).data).toEqual([])
  })

  test('signs with a key of its own in place of a secret, and with another one after a change of keys', async () => {
    const newPair = () =>
      generateKeyPairSync('rsa', {
        modulusLength: 2_048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      })
    const [first, second] = [newPair(), newPair()]
    const { client_id: clientId = '' } = await management.clients.create({
      name: 'Robot',
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ credential_type: 'public_key', name: 'first', pem: first.publicKey }] },
      },
    })
    await management.clientGrants.create({
      client_id: clientId,
      audience: `${site.origin}/api/v2/`,
      scope: ['read:roles'],
    })
    const rolesBy = async ({ privateKey }: { privateKey: string }, clientAssertionSigningAlg?: string) => {
      const signing = {
        clientAssertionSigningKey: privateKey,
        ...(clientAssertionSigningAlg && { clientAssertionSigningAlg }),
      }
      return (await new ManagementClient({ domain: site.domain, clientId, ...signing }).roles.list()).data
    }
    expect(await rolesBy(first)).toEqual([])
    await expect(rolesBy(second)).rejects.toMatchObject({ statusCode: 401 })

    const added = await management.clients.credentials.create(clientId, {
      credential_type: 'public_key',
      pem: second.publicKey,
      alg: 'PS256',
    })
    const [old] = await management.clients.credentials.list(clientId)
    expect(old).toMatchObject({ name: 'first', alg: 'RS256', credential_type: 'public_key' })
    await management.clients.update(clientId, {
      client_authentication_methods: { private_key_jwt: { credentials: [{ id: added.id ?? '' }] } },
    })
    await management.clients.credentials.delete(clientId, old?.id ?? '')
    expect(await rolesBy(second, 'PS256')).toEqual([])
    await expect(rolesBy(first)).rejects.toMatchObject({ statusCode: 401 })
    const expires_at = '2020-01-01T00:00:00.000Z'
    expect(await management.clients.credentials.update(clientId, added.id ?? '', { expires_at })).toMatchObject({
      expires_at,
    })
    await expect(rolesBy(second, 'PS256')).rejects.toMatchObject({ statusCode: 401 })
  })

  test('has a token for the one API there is', async () => {
    const apis = await allOf(management.resourceServers.list())
    expect(apis.map(({ identifier }) => identifier)).toEqual([`${site.origin}/api/v2/`])
  })
})

describe('connections', () => {
  test('are created, found by name, and read', async () => {
    const created = await management.connections.create({ name: 'Partners', strategy: 'auth0' })
    expect(created.id).toMatch(/^con_[0-9a-zA-Z]{16}$/)
    expect(await management.connections.get(created.id ?? '')).toMatchObject({ name: 'Partners', strategy: 'auth0' })
    const found = await allOf(management.connections.list({ name: 'Partners' }))
    expect(found.map(({ id }) => id)).toEqual([created.id])
    const all = await allOf(management.connections.list({ strategy: ['auth0'] }))
    expect(all.map(({ name }) => name).toSorted()).toEqual(['Partners', database])
  })

  test('are changed, switched off and on for a client, and deleted', async () => {
    const { id = '' } = await management.connections.create({ name: 'Staff', strategy: 'auth0' })
    const changed = await management.connections.update(id, { metadata: { floor: '3' } })
    expect(changed.metadata).toEqual({ floor: '3' })
    const { client_id = '' } = await management.clients.create({ name: 'Intranet' })
    const isEnabled = async (): Promise<boolean> =>
      (await allOf(management.connections.clients.get(id, { take: 2 }))).some(
        (client) => client.client_id === client_id,
      )
    for (const status of [false, true]) {
      await management.connections.clients.update(id, [{ client_id, status }])
      expect(await isEnabled()).toBe(status)
    }
    await management.connections.delete(id)
    await expect(management.connections.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { errorCode: 'inexistent_connection' },
    })
  })

  test('have names of their own', async () => {
    const refused = management.connections.create({ name: database, strategy: 'auth0' })
    await expect(refused).rejects.toBeInstanceOf(Management.ConflictError)
  })
})
