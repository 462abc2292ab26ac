/** Tokens by the vendor's clients for the authentication API: one of them asks first where they are given. */
import { generateKeyPairSync } from 'node:crypto'
import { AuthClient } from '@auth0/auth0-auth-js'
import { type Management, ManagementClient } from 'auth0'
import { AuthenticationClient } from 'auth0/legacy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient
let audience: string

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
  audience = `${site.origin}/api/v2/`
})
afterAll(() => site.stop())

const rolesBy = async (token: string) => (await new ManagementClient({ domain: site.domain, token }).roles.list()).data

describe('@auth0/auth0-auth-js, which begins with discovery', () => {
  test('finds where tokens are given, and nothing that is not there', async () => {
    const found = await new AuthClient({ domain: site.domain, ...site.managementClient }).getServerMetadata()
    expect(found).toMatchObject({ issuer: `${site.origin}/`, token_endpoint: `${site.origin}/oauth/token` })
    expect(found.authorization_endpoint).toBeUndefined()
    expect(found.end_session_endpoint).toBeUndefined()
  })

  test('gets a token for a secret, which the management API takes', async () => {
    const client = new AuthClient({ domain: site.domain, ...site.managementClient })
    const { accessToken } = await client.getTokenByClientCredentials({ audience })
    expect(await rolesBy(accessToken)).toEqual([])
  })

  test.each(['RS256', 'RS384', 'PS256'])('gets a token for what a key has signed by %s', async (alg) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2_048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
    const credential = { credential_type: 'public_key', pem: publicKey, alg } as Management.PublicKeyCredential
    const { client_id: clientId = '' } = await management.clients.create({
      name: `Robot ${alg}`,
      client_authentication_methods: { private_key_jwt: { credentials: [credential] } },
    })
    await management.clientGrants.create({ client_id: clientId, audience, scope: ['read:roles'] })
    const signing = { clientAssertionSigningKey: privateKey, clientAssertionSigningAlg: alg }
    const client = new AuthClient({ domain: site.domain, clientId, ...signing })
    const { accessToken } = await client.getTokenByClientCredentials({ audience })
    expect(await rolesBy(accessToken)).toEqual([])
  })

  test('is told that a secret is wrong', async () => {
    const client = new AuthClient({ domain: site.domain, ...site.managementClient, clientSecret: 'wrong' })
    await expect(client.getTokenByClientCredentials({ audience })).rejects.toMatchObject({
      name: 'TokenByClientCredentialsError',
      statusCode: 401,
      cause: { error: 'access_denied', error_description: 'Unauthorized' },
    })
  })
})

describe('who asks for tokens too often', () => {
  beforeAll(() => site.operator('PATCH', '/tenants/acme/limits', { tokenBurst: 1, tokenRate: 1 }))
  afterAll(() => site.operator('PATCH', '/tenants/acme/limits', { tokenBurst: null, tokenRate: null }))

  const legacy = (retry: { enabled: boolean }) =>
    new AuthenticationClient({ domain: site.domain, ...site.managementClient, retry }).oauth

  test('is told so', async () => {
    const ask = () => legacy({ enabled: false }).clientCredentialsGrant({ audience })
    const answers = await Promise.allSettled(Array.from({ length: 6 }, ask))
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    expect(refused.length).toBeGreaterThan(0)
    for (const reason of refused) expect(reason).toMatchObject({ statusCode: 429, error: 'too_many_requests' })
  })

  test('gets one by waiting as long as it is told to', async () => {
    for (let times = 0; times < 2; times += 1) {
      const { data } = await legacy({ enabled: true }).clientCredentialsGrant({ audience })
      expect(data.access_token).toBeTruthy()
    }
  })
})
