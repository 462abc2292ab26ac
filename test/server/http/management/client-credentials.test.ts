/** Keys in place of secrets: what a client's assertion must hold, and how its public keys are kept. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, type Json, openApiApp, requestToken } from '../../../support/api-app.ts'

const newPair = (modulusLength = 2_048) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength })
  const pemOf = (type: 'spki' | 'pkcs1') => publicKey.export({ type, format: 'pem' }).toString()
  return { privateKey, pem: pemOf('spki'), pkcs1: pemOf('pkcs1') }
}

const expiryOfCertificate = new Date('2031-02-03T04:05:06.000Z')
const certified = async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'robot' }], {
    keySize: 2_048,
    notAfterDate: expiryOfCertificate,
  })
  return { privateKey: createPrivateKey(key), pem: cert }
}
const pair = newPair()
/** The same modulus with another exponent: nobody needs a private half to send one. */
const pemWith = ({ e }: { e: Buffer }) => {
  const { n = '' } = pair.privateKey.export({ format: 'jwk' })
  const key = createPublicKey({ key: { kty: 'RSA', n, e: e.toString('base64url') }, format: 'jwk' })
  return key.export({ type: 'spki', format: 'pem' }).toString()
}
const otherPair = newPair()

let app: ApiApp
let tenant: ApiTenant
let id: string
let credentialId: string
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  const made = await createClient()
  id = made.client_id
  credentialId = made.client_authentication_methods.private_key_jwt.credentials[0].id
})
afterAll(() => app.close())

const keyOf = (pem: string, over: object = {}) => ({ credential_type: 'public_key', pem, ...over })
const methodsOf = (...credentials: object[]) => ({
  client_authentication_methods: { private_key_jwt: { credentials } },
})

const createClient = async (): Promise<Json> => {
  const { body } = await tenant.call('POST', '/clients', { body: { name: 'Robot', ...methodsOf(keyOf(pair.pem)) } })
  const grant = { client_id: body.client_id, audience: `http://${tenant.host}/api/v2/`, scope: ['read:roles'] }
  expect((await tenant.call('POST', '/client-grants', { body: grant })).status).toBe(201)
  return body
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

interface Assertion {
  claims?: Record<string, unknown>
  header?: { alg: string; kid?: string }
  key?: Parameters<SignJWT['sign']>[0]
}

const assertion = ({ claims = {}, header = { alg: 'RS256' }, key = pair.privateKey }: Assertion = {}) =>
  new SignJWT({
    iss: id,
    sub: id,
    aud: `https://${tenant.host}/`,
    exp: Math.floor(app.adapters.clock.now() / 1_000) + 180,
    jti: randomUUID(),
    ...claims,
  })
    .setProtectedHeader(header)
    .sign(key)

const exchange = (client_assertion: string, over: Record<string, string> = {}) =>
  requestToken(tenant.open, {
    grant_type: 'client_credentials',
    audience: `http://${tenant.host}/api/v2/`,
    client_assertion,
    client_assertion_type: assertionType,
    ...over,
  })
const exchanged = async (made: Assertion) => exchange(await assertion(made))

const seconds = (ahead: number) => Math.floor(app.adapters.clock.now() / 1_000) + ahead

describe('an assertion', () => {
  test('opens the token endpoint, with and without client_id, for either name of the tenant', async () => {
    for (const scheme of ['http', 'https']) {
      const answer = await exchanged({ claims: { aud: `${scheme}://${tenant.host}/` } })
      expect(answer).toMatchObject({ status: 200, body: { scope: 'read:roles' } })
      expect((await tenant.callAs(answer.body.access_token)('GET', '/roles')).status).toBe(200)
    }
    expect((await exchange(await assertion(), { client_id: id })).status).toBe(200)
  })

  test('counts once', async () => {
    const once = await assertion()
    const answers = await Promise.all([1, 2, 3].map(() => exchange(once)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
    expect(await exchange(once)).toMatchObject({
      body: { error: 'invalid_client', error_description: '"jti" was used before' },
    })
  })

  test.each<[string, () => Record<string, unknown>]>([
    ['iss', () => ({ iss: 'somebody' })],
    ['aud', () => ({ aud: 'https://elsewhere.example/' })],
    ['exp', () => ({ exp: undefined })],
    ['exp', () => ({ exp: seconds(-31) })],
    ['exp', () => ({ exp: seconds(3_600) })],
    ['nbf', () => ({ nbf: seconds(60) })],
    ['jti', () => ({ jti: undefined })],
    ['jti', () => ({ jti: '' })],
  ])('with a wrong %s is refused, and the claim is named: %s', async (name, claims) => {
    const { status, body } = await exchanged({ claims: claims() })
    expect(status).toBe(401)
    expect(body.error).toBe('invalid_client')
    expect(body.error_description).toContain(`"${name}"`)
  })

  test.each<[string, () => Assertion]>([
    ['another key', () => ({ key: otherPair.privateKey })],
    ['another kid', () => ({ header: { alg: 'RS256', kid: 'another-one-1' } })],
    ['another algorithm of the same key', () => ({ header: { alg: 'PS256' } })],
    ['the public key as a secret', () => ({ header: { alg: 'HS256' }, key: new TextEncoder().encode(pair.pem) })],
    ['another client', () => ({ claims: { iss: tenant.client.client_id, sub: tenant.client.client_id } })],
  ])('of %s is refused without a word about why', async (_, made) => {
    const body = { error: 'access_denied', error_description: 'Unauthorized' }
    expect(await exchanged(made())).toMatchObject({ status: 401, body })
  })

  test('is the only way in a request, and names its type', async () => {
    const invalid = { status: 400, body: { error: 'invalid_request' } }
    expect(await exchange(await assertion(), { client_secret: 'x' })).toMatchObject(invalid)
    expect(await exchange(await assertion(), { client_assertion_type: 'x' })).toMatchObject(invalid)
    expect((await exchange(await assertion(), { client_id: tenant.client.client_id })).status).toBe(401)
    expect((await exchange('a.b.c')).status).toBe(401)
  })

  test('says nothing at another tenant', async () => {
    const other = await app.createTenant()
    const form = { grant_type: 'client_credentials', client_assertion: await assertion(), audience: 'x' }
    expect((await requestToken(other.open, { ...form, client_assertion_type: assertionType })).status).toBe(401)
  })
})

describe('the keys of a client', () => {
  const credentials = (): string => `/clients/${id}/credentials`

  test('are listed without the key, and read one by one', async () => {
    const { body } = await tenant.call('GET', credentials())
    expect(body).toEqual([
      {
        id: credentialId,
        kid: expect.stringMatching(/^[0-9a-zA-Z\-_]{43}$/),
        alg: 'RS256',
        credential_type: 'public_key',
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ])
    expect((await tenant.call('GET', `${credentials()}/${credentialId}`)).body).toEqual(body[0])
    expect((await tenant.call('GET', `${credentials()}/cred_none`)).status).toBe(404)
    expect((await tenant.call('GET', '/clients/nobody/credentials')).status).toBe(404)
  })

  test('are replaced: the new one counts from when the client names it, the old one until it is deleted', async () => {
    const pem = otherPair.pem
    const { body: added } = await tenant.call('POST', credentials(), { body: keyOf(pem, { kid: 'second-key' }) })
    const byNew = { key: otherPair.privateKey, header: { alg: 'RS256', kid: 'second-key' } }
    expect((await exchanged(byNew)).status).toBe(401)
    const again = await tenant.call('POST', credentials(), { body: keyOf(pem, { kid: 'second-key' }) })
    expect(again.status).toBe(409)

    const both = methodsOf({ id: credentialId }, { id: added.id })
    expect((await tenant.call('PATCH', `/clients/${id}`, { body: both })).body).toMatchObject(both)
    expect((await exchanged(byNew)).status).toBe(200)
    expect((await exchanged({})).status).toBe(200)

    expect((await tenant.call('DELETE', `${credentials()}/${added.id}`)).status).toBe(204)
    expect((await exchanged(byNew)).status).toBe(401)
    const left = (await tenant.call('GET', `/clients/${id}`)).body.client_authentication_methods
    expect(left.private_key_jwt.credentials).toEqual([{ id: credentialId }])
  })

  test('end when they are told to', async () => {
    const end = async (expires_at: string | null) =>
      tenant.call('PATCH', `${credentials()}/${credentialId}`, { body: { expires_at } })
    const past = new Date(app.adapters.clock.now() - 1_000).toISOString()
    expect((await end(past)).body.expires_at).toBe(past)
    expect((await exchanged({})).status).toBe(401)
    expect((await end(null)).body).not.toHaveProperty('expires_at')
    expect((await exchanged({})).status).toBe(200)
  })

  test.each<[string, () => string]>([
    ['private key', () => pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['2048 to 4096 bits', () => newPair(1_024).pem],
    ['exponent', () => pemWith({ e: Buffer.alloc(256, 255) })],
    ['exponent', () => pemWith({ e: Buffer.from([1]) })],
    ['RSA', () => generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString()],
    ['PEM block', () => 'nonsense'],
    ['PEM block', () => `${pair.pem}${otherPair.pem}`],
    ['cannot be read', () => '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'],
  ])('are refused by name: %s', async (why, pem) => {
    const { status, body } = await tenant.call('POST', credentials(), { body: keyOf(pem()) })
    expect(status).toBe(400)
    expect(body.message).toContain(why)
    expect(body.message).toContain('pem')
    expect(body.message).not.toContain('-----BEGIN')
    const creating = { name: 'Robot', ...methodsOf(keyOf(pem())) }
    expect((await tenant.call('POST', '/clients', { body: creating })).body.message).toContain('credentials[0].pem')
  })

  test('have a bound', async () => {
    const { client_id: full } = await createClient()
    const add = (index: number) =>
      tenant.call('POST', `/clients/${full}/credentials`, { body: keyOf(pair.pem, { kid: `key-number-${index}` }) })
    for (let index = 1; index < 10; index += 1) expect((await add(index)).status).toBe(201)
    expect(await add(10)).toMatchObject({ status: 400, body: { message: expect.stringContaining('10') } })
  })

  test.each([
    ['GET', 'read:clients'],
    ['POST', 'update:clients'],
  ])('need a scope of their own: %s with %s is not enough', async (method, scope) => {
    const call = tenant.callAs(await tenant.tokenFor(scope))
    const body = method === 'POST' ? { body: keyOf(pair.pem) } : {}
    expect((await call(method, credentials(), body)).status).toBe(403)
  })

  test('are nothing to a second tenant', async () => {
    const other = await app.createTenant()
    expect((await other.call('GET', credentials())).status).toBe(404)
    expect((await other.call('POST', credentials(), { body: keyOf(pair.pem) })).status).toBe(404)
    expect((await other.call('DELETE', `${credentials()}/${credentialId}`)).status).toBe(404)
  })
})

describe('a key counts', () => {
  /** A client of its own that is allowed to read roles, whose only key is this one. */
  const clientWith = async (key: object): Promise<Json> => {
    const { body } = await tenant.call('POST', '/clients', { body: { name: 'Robot', ...methodsOf(key) } })
    const grant = { client_id: body.client_id, audience: `http://${tenant.host}/api/v2/`, scope: ['read:roles'] }
    expect((await tenant.call('POST', '/client-grants', { body: grant })).status).toBe(201)
    return body
  }
  const exchangedBy = (client: string, alg: string, key: Assertion['key']) =>
    exchanged({ claims: { iss: client, sub: client }, header: { alg }, ...(key && { key }) })

  const algorithms = ['RS256', 'RS384', 'PS256']

  test.each(algorithms)('for %s and no other algorithm, in whichever form it came', async (alg) => {
    const { privateKey, pem, pkcs1 } = newPair()
    for (const form of [pem, pkcs1]) {
      const { client_id } = await clientWith(keyOf(form, { alg }))
      const statuses = []
      for (const other of algorithms) statuses.push((await exchangedBy(client_id, other, privateKey)).status)
      expect(statuses).toEqual(algorithms.map((other) => (other === alg ? 200 : 401)))
    }
  })

  test('as the one of a certificate, and if it says so as long as that is valid', async () => {
    const { privateKey, pem } = await certified()
    const { client_id } = await clientWith(keyOf(pem, { parse_expiry_from_cert: true }))
    const [kept] = (await tenant.call('GET', `/clients/${client_id}/credentials`)).body
    expect(kept.expires_at).toBe(expiryOfCertificate.toISOString())
    expect((await exchangedBy(client_id, 'RS256', privateKey)).status).toBe(200)
    const endless = await clientWith(keyOf(pem))
    expect((await tenant.call('GET', `/clients/${endless.client_id}/credentials`)).body[0].expires_at).toBeUndefined()
    const both = { parse_expiry_from_cert: true, expires_at: '2030-01-01T00:00:00.000Z' }
    for (const wrong of [keyOf(pem, both), keyOf(pair.pem, { parse_expiry_from_cert: true })])
      expect((await tenant.call('POST', `/clients/${client_id}/credentials`, { body: wrong })).status).toBe(400)
  })
})

test('what was sent as a key is in no answer and in no entry of the log, whatever it was', async () => {
  const { privateKey, pem, pkcs1 } = newPair()
  const wrongFile = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const sent = [pem, pkcs1, (await certified()).pem, wrongFile]
  const path = `/clients/${(await createClient()).client_id}`
  const answers = []
  for (const [index, one] of sent.entries()) {
    const body = keyOf(one, { kid: `key-of-the-log-${index}` })
    answers.push(await tenant.call('POST', `${path}/credentials`, { body }))
    answers.push(await tenant.call('POST', '/clients', { body: { name: 'Robot', ...methodsOf(keyOf(one)) } }))
  }
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201, 400, 400])
  answers.push(await tenant.call('GET', path), await tenant.call('GET', `${path}/credentials`))
  const entries = await tenant.call('GET', '/logs?per_page=100')
  expect(JSON.stringify(entries.body)).toContain('key-of-the-log-0')
  const told = [...answers, entries].map(({ body }) => JSON.stringify(body)).join()
  // A line of it would be enough to know it again.
  const lines = sent.flatMap((one) => one.split('\n').filter((line) => line.length > 40))
  expect(lines.length).toBeGreaterThan(40)
  expect(lines.filter((line) => told.includes(line))).toEqual([])
})

describe('a client with a secret and keys', () => {
  test('proves itself in one way at a time', async () => {
    const { client_id, client_secret } = (await tenant.call('POST', '/clients', { body: { name: 'Both' } })).body
    const form = { grant_type: 'client_credentials', audience: `http://${tenant.host}/api/v2/` }
    const bySecret = () => requestToken(tenant.open, { ...form, client_id, client_secret })
    // Known, and without a grant.
    expect((await bySecret()).status).toBe(403)
    const path = `/clients/${client_id}`
    const { body: key } = await tenant.call('POST', `${path}/credentials`, { body: keyOf(pair.pem) })
    const both = { ...methodsOf({ id: key.id }), token_endpoint_auth_method: 'client_secret_post' }
    expect((await tenant.call('PATCH', path, { body: both })).status).toBe(400)
    expect((await tenant.call('PATCH', path, { body: methodsOf({ id: 'cred_none' }) })).status).toBe(400)
    expect((await bySecret()).status).toBe(403)

    await tenant.call('PATCH', path, { body: methodsOf({ id: key.id }) })
    expect((await bySecret()).status).toBe(401)
    await tenant.call('DELETE', `${path}/credentials/${key.id}`)
    expect((await bySecret()).status).toBe(401)
    const back = await tenant.call('PATCH', path, { body: { client_authentication_methods: null } })
    expect(back.body).not.toHaveProperty('client_authentication_methods')
    expect((await bySecret()).status).toBe(403)
  })

  test('is made without a secret when it comes with keys', async () => {
    expect(await createClient()).not.toHaveProperty('client_secret')
  })
})
