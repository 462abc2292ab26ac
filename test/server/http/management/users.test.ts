import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyPassword } from '../../../../server/src/users/password.ts'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

const connection = 'Username-Password-Authentication'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

let count = 0
const anEmail = () => `user-${++count}@example.com`
const create = (over: Record<string, unknown> = {}) =>
  tenant.call('POST', '/users', { body: { connection, email: anEmail(), ...over } })
const pathOf = (id: string) => `/users/${encodeURIComponent(id)}`

describe('a user', () => {
  test('comes back as the vendor shows one, without a password', async () => {
    const { status, body } = await create({
      email: 'Ada@Example.com',
      password: 'correct horse battery',
      email_verified: true,
      given_name: 'Ada',
      user_metadata: { theme: 'dark' },
      app_metadata: { plan: 'pro' },
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      user_id: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
      email: 'ada@example.com',
      email_verified: true,
      name: 'Ada@Example.com',
      given_name: 'Ada',
      user_metadata: { theme: 'dark' },
      app_metadata: { plan: 'pro' },
      identities: [{ connection, user_id: body.user_id.slice(6), provider: 'auth0', isSocial: false }],
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    })
    expect(JSON.stringify(body)).not.toMatch(/argon2|correct horse/)
    const stored = await app.adapters.users.find(tenant.name, body.user_id)
    expect(await verifyPassword(stored?.passwordHash ?? '', 'correct horse battery')).toBe(true)
    expect((await tenant.call('GET', pathOf(body.user_id))).body).toEqual(body)
    const some = await tenant.call('GET', `${pathOf(body.user_id)}?fields=email,name&include_fields=true`)
    expect(Object.keys(some.body).sort()).toEqual(['email', 'name'])
    const others = await tenant.call('GET', `${pathOf(body.user_id)}?fields=email&include_fields=false`)
    expect(others.body).not.toHaveProperty('email')
  })

  test('may bring an id of its own, once', async () => {
    expect((await create({ user_id: 'ada-1' })).body.user_id).toBe('auth0|ada-1')
    expect(await create({ user_id: 'ada-1' })).toMatchObject({
      status: 409,
      body: { errorCode: 'auth0_idp_error', message: 'The user already exists.' },
    })
    const email = anEmail()
    await create({ email })
    expect((await create({ email: email.toUpperCase() })).status).toBe(409)
  })

  test.each([
    [{ connection: 'nowhere' }, 404, 'The connection does not exist'],
    [{ email: 'not an address' }, 400, 'on property email'],
    [{ email: undefined }, 400, 'Missing required property: email'],
    [{ password: 'short' }, 400, 'PasswordStrengthError: Password is too weak: it needs at least 8 characters'],
    [{ email: 'grace@example.com', password: 'grace@example.com' }, 400, 'contains the name or the address'],
    [{ verify_email: true }, 400, 'on property verify_email (This server sends no mails that verify an address)'],
    [{ roles: [] }, 400, 'Additional properties not allowed: roles'],
    [{ phone_number: '12' }, 400, 'on property phone_number'],
  ])('is refused: %j', async (over, status, message) => {
    const answer = await create(over)
    expect(answer.status).toBe(status)
    expect(answer.body.message).toContain(message)
  })

  test('of a directory connection has no password here', async () => {
    await tenant.call('POST', '/connections', { body: { name: 'corp', strategy: 'ad' } })
    const password = 'correct horse battery'
    const refused = await create({ connection: 'corp', password })
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('on property password') } })
    const { body } = await create({ connection: 'corp' })
    expect((await tenant.call('PATCH', pathOf(body.user_id), { body: { password } })).status).toBe(400)
  })

  test('is edited field by field; metadata is merged at its first level', async () => {
    const { body } = await create({ user_metadata: { a: 1, b: { c: 2 } }, nickname: 'ada', email_verified: true })
    const path = pathOf(body.user_id)
    const edited = await tenant.call('PATCH', path, {
      body: { user_metadata: { a: null, b: { d: 3 }, e: 4 }, nickname: null, name: 'Ada', blocked: true },
    })
    expect(edited.body).toMatchObject({ user_metadata: { b: { d: 3 }, e: 4 }, name: 'Ada', blocked: true })
    expect(edited.body).not.toHaveProperty('nickname')
    expect(edited.body.email_verified).toBe(true)
    const emptied = await tenant.call('PATCH', path, { body: { user_metadata: {} } })
    expect(emptied.body).not.toHaveProperty('user_metadata')
  })

  test('gets no metadata larger or deeper than can be stored, neither at once nor bit by bit', async () => {
    const large = (name: string) => ({ [name]: 'x'.repeat(600_000) })
    const { body } = await create({ user_metadata: large('a') })
    const path = `/users/${encodeURIComponent(body.user_id)}`
    expect((await tenant.call('PATCH', path, { body: { user_metadata: large('b') } })).status).toBe(400)
    expect((await tenant.call('PATCH', path, { body: { user_metadata: { a: null, ...large('b') } } })).status).toBe(200)
    const deep = `{"app_metadata":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
    expect((await tenant.call('PATCH', path, { text: deep })).status).toBe(400)
  })

  test('is not verified any more under a new address', async () => {
    const { body } = await create({ email_verified: true })
    const moved = await tenant.call('PATCH', pathOf(body.user_id), { body: { email: anEmail() } })
    expect(moved.body.email_verified).toBe(false)
    const taken = anEmail()
    await create({ email: taken })
    expect((await tenant.call('PATCH', pathOf(body.user_id), { body: { email: taken } })).status).toBe(409)
  })

  test('keeps both of two edits at once', async () => {
    const { body } = await create()
    const path = pathOf(body.user_id)
    await Promise.all(
      ['a', 'b', 'c'].map((key) => tenant.call('PATCH', path, { body: { app_metadata: { [key]: 1 } } })),
    )
    expect((await tenant.call('GET', path)).body.app_metadata).toEqual({ a: 1, b: 1, c: 1 })
  })

  test('gets a new password, which ends the links that are under way', async () => {
    const { body } = await create({ password: 'the first password' })
    await tenant.call('POST', '/tickets/password-change', { body: { user_id: body.user_id } })
    const password = 'the second password'
    expect((await tenant.call('PATCH', pathOf(body.user_id), { body: { password } })).status).toBe(200)
    const stored = await app.adapters.users.find(tenant.name, body.user_id)
    expect(await verifyPassword(stored?.passwordHash ?? '', password)).toBe(true)
    expect(stored?.passwordChangedAt).toBeGreaterThan(0)
    const weak = await tenant.call('PATCH', pathOf(body.user_id), { body: { password: 'short' } })
    expect(weak.status).toBe(400)
  })

  test('may be edited by app_metadata alone with the narrower scope', async () => {
    const { body } = await create()
    const call = tenant.callAs(await tenant.tokenFor('update:users_app_metadata'))
    expect((await call('PATCH', pathOf(body.user_id), { body: { app_metadata: { a: 1 } } })).status).toBe(200)
    const more = await call('PATCH', pathOf(body.user_id), { body: { app_metadata: {}, blocked: true } })
    expect(more).toMatchObject({ status: 403, body: { message: 'Insufficient scope, expected any of: update:users' } })
  })

  test('is found by address, exactly as it is written', async () => {
    const email = anEmail()
    const { body } = await create({ email })
    const found = await tenant.call('GET', `/users-by-email?email=${encodeURIComponent(email)}`)
    expect(found.body).toEqual([body])
    expect((await tenant.call('GET', `/users-by-email?email=${encodeURIComponent(email.toUpperCase())}`)).body).toEqual(
      [],
    )
    expect((await tenant.call('GET', '/users-by-email')).status).toBe(400)
  })

  test('goes, and going twice is no fault', async () => {
    const { body } = await create()
    expect((await tenant.call('DELETE', pathOf(body.user_id))).status).toBe(204)
    expect((await tenant.call('GET', pathOf(body.user_id))).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The user does not exist.',
      errorCode: 'inexistent_user',
    })
    expect((await tenant.call('DELETE', pathOf(body.user_id))).status).toBe(204)
  })

  test('of another tenant does not exist', async () => {
    const stranger = await app.createTenant()
    const { body } = await create()
    const path = pathOf(body.user_id)
    const answers = [
      await stranger.call('GET', path),
      await stranger.call('PATCH', path, { body: { blocked: true } }),
      await stranger.call('GET', `${path}/authentication-methods`),
      await stranger.call('POST', `${path}/authentication-methods`, { body: { type: 'email', email: 'a@b.example' } }),
      await stranger.call('DELETE', `${path}/authentication-methods`),
      await stranger.call('POST', `${path}/recovery-code-regeneration`),
      await stranger.call('POST', '/tickets/password-change', { body: { user_id: body.user_id } }),
      await stranger.call('POST', '/guardian/enrollments/ticket', { body: { user_id: body.user_id } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    await stranger.call('DELETE', path)
    expect((await tenant.call('GET', path)).status).toBe(200)
    const { email } = body
    expect((await stranger.call('GET', `/users-by-email?email=${encodeURIComponent(email)}`)).body).toEqual([])
  })
})

describe('authentication methods', () => {
  const coseKey = Buffer.from(`a5010203262001215820${'11'.repeat(32)}225820${'22'.repeat(32)}`, 'hex')
  const user = async () => {
    const { body } = await create()
    return { id: body.user_id as string, methods: `${pathOf(body.user_id)}/authentication-methods` }
  }

  test('are made, listed, read and removed', async () => {
    const { methods } = await user()
    const made = []
    for (const body of [
      { type: 'totp', name: 'App', totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
      { type: 'phone', phone_number: '+15550100', preferred_authentication_method: 'voice' },
      { type: 'email', email: 'second@example.com' },
      { type: 'webauthn-roaming', key_id: 'AQIDBA', public_key: coseKey.toString('base64') },
    ]) {
      const answer = await tenant.call('POST', methods, { body })
      expect(answer.status).toBe(201)
      made.push(answer.body)
    }
    expect(made).toMatchObject([
      {
        id: expect.stringMatching(/^totp\|dev_[A-Za-z0-9]{16}$/),
        totp_secret: expect.any(String),
        confirmed: true,
        name: 'App',
      },
      { phone_number: '+15550100', preferred_authentication_method: 'voice' },
      { email: 'second@example.com' },
      {
        key_id: 'AQIDBA',
        public_key: coseKey.toString('base64url'),
        relying_party_identifier: tenant.host.replace(/:\d+$/, ''),
      },
    ])

    const bare = await tenant.call('GET', methods)
    expect(bare.body.map(({ type }: { type: string }) => type)).toEqual(['totp', 'phone', 'email', 'webauthn-roaming'])
    expect(JSON.stringify(bare.body)).not.toContain('JBSWY3DP')
    const paged = await tenant.call('GET', `${methods}?include_totals=true&per_page=1&page=1`)
    expect(paged.body).toMatchObject({ start: 1, limit: 1, length: 1, total: 4, authenticators: [{ type: 'phone' }] })

    const one = `${methods}/${encodeURIComponent(made[0].id)}`
    expect((await tenant.call('GET', one)).body.id).toBe(made[0].id)
    expect((await tenant.call('DELETE', one)).status).toBe(204)
    expect((await tenant.call('GET', one)).status).toBe(404)
    expect((await tenant.call('DELETE', one)).status).toBe(404)
    expect((await tenant.call('DELETE', methods)).status).toBe(204)
    expect((await tenant.call('GET', methods)).body).toEqual([])
  })

  test.each([
    [{ type: 'push' }, "'Data does not match any schemas from 'oneOf''"],
    [{ type: 'totp', totp_secret: 'not base32' }, 'on property totp_secret'],
    [{ type: 'phone', phone_number: '0555' }, 'on property phone_number'],
    [
      { type: 'webauthn-roaming', key_id: 'AQIDBA', public_key: 'AQIDBA' },
      'It is neither a COSE key nor a SubjectPublicKeyInfo in base64',
    ],
    [{ type: 'email', email: 'second@example.com', phone_number: '+1' }, 'Additional properties not allowed'],
  ])('are refused: %j', async (body, message) => {
    const { methods } = await user()
    const answer = await tenant.call('POST', methods, { body })
    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(message)
    expect((await tenant.call('GET', methods)).body).toEqual([])
  })

  test('take a passkey with all that is known of it, and give it back', async () => {
    const { methods } = await user()
    const passkey = {
      type: 'passkey',
      name: 'Laptop',
      key_id: 'AQIDBA',
      public_key: coseKey.toString('base64url'),
      relying_party_identifier: 'login.example.com',
      aaguid: 'adce0002-35bc-c60a-648b-0b25f1f05503',
      credential_device_type: 'multi_device',
      credential_backed_up: true,
      identity_user_id: '507f1f77bcf86cd799439011',
      user_agent: 'Mozilla/5.0',
      user_handle: 'aGFuZGxl',
      transports: ['internal', 'hybrid'],
    }
    const { status, body } = await tenant.call('POST', methods, { body: passkey })
    expect({ status, body }).toMatchObject({ status: 201, body: passkey })
    expect((await tenant.call('GET', methods)).body).toEqual([body])
  })

  test('are replaced all at once, by those of a list', async () => {
    const { id, methods } = await user()
    await tenant.call('POST', methods, { body: { type: 'email', email: 'old@example.com' } })
    await tenant.call('POST', `${pathOf(id)}/recovery-code-regeneration`)
    const list = [
      { type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
      { type: 'phone', phone_number: '+15550100', name: 'Mobile' },
    ]
    const replaced = await tenant.call('PUT', methods, { body: list })
    expect(replaced).toMatchObject({ status: 200, body: list })
    const after = await tenant.call('GET', methods)
    expect(after.body).toMatchObject([{ type: 'totp' }, { type: 'phone', preferred_authentication_method: 'sms' }])
    expect(JSON.stringify(after.body)).not.toContain('JBSWY3DP')
    const refused = await tenant.call('PUT', methods, { body: [list[0], { type: 'webauthn-roaming' }] })
    expect(refused).toMatchObject({ status: 400, body: { message: expect.stringContaining('on property [1].type') } })
    expect((await tenant.call('GET', methods)).body).toEqual(after.body)
    expect((await tenant.call('PUT', methods, { body: [] })).body).toEqual([])
    expect((await tenant.call('GET', methods)).body).toEqual([])
  })

  test('get another name, and a phone another preference', async () => {
    const { methods } = await user()
    const phone = (await tenant.call('POST', methods, { body: { type: 'phone', phone_number: '+15550100' } })).body
    const one = `${methods}/${encodeURIComponent(phone.id)}`
    const edited = await tenant.call('PATCH', one, {
      body: { name: 'Mobile', preferred_authentication_method: 'voice' },
    })
    expect(edited.body).toEqual({ ...phone, name: 'Mobile', preferred_authentication_method: 'voice' })
    expect((await tenant.call('GET', one)).body).toEqual(edited.body)
    expect((await tenant.call('PATCH', one, { body: {} })).body).toEqual(edited.body)
    const mail = (await tenant.call('POST', methods, { body: { type: 'email', email: 'a@example.com' } })).body
    const other = `${methods}/${encodeURIComponent(mail.id)}`
    const refused = await tenant.call('PATCH', other, { body: { preferred_authentication_method: 'sms' } })
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('on property preferred_authentication_method') },
    })
    expect((await tenant.call('PATCH', `${methods}/nothing`, { body: { name: 'x' } })).status).toBe(404)
  })

  test('are listed as enrolments too, and all go with the authenticators', async () => {
    const { id, methods } = await user()
    for (const body of [
      { type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: 'App' },
      { type: 'phone', phone_number: '+15550100' },
      { type: 'email', email: 'second@example.com' },
      { type: 'webauthn-roaming', key_id: 'AQIDBA', public_key: coseKey.toString('base64') },
      { type: 'passkey', key_id: 'AQIDBA', public_key: coseKey.toString('base64') },
    ]) {
      await tenant.call('POST', methods, { body })
    }
    await tenant.call('POST', `${pathOf(id)}/recovery-code-regeneration`)
    const { body } = await tenant.call('GET', `${pathOf(id)}/enrollments`)
    expect(body).toMatchObject([
      { status: 'confirmed', type: 'totp', name: 'App', auth_method: 'authenticator', enrolled_at: expect.any(String) },
      { type: 'phone', phone_number: '+15550100', auth_method: 'sms' },
      { type: 'email' },
      { type: 'webauthn-roaming', auth_method: 'webauthn-roaming' },
    ])
    expect(body).toHaveLength(4)
    expect((await tenant.call('DELETE', `${pathOf(id)}/authenticators`)).status).toBe(204)
    expect((await tenant.call('GET', methods)).body).toEqual([])
    expect((await tenant.call('GET', `${pathOf('auth0|nobody')}/enrollments`)).status).toBe(404)
  })

  test('of another user of the tenant are not found under this one', async () => {
    const [ada, grace] = [await user(), await user()]
    const { body } = await tenant.call('POST', ada.methods, { body: { type: 'email', email: 'ada@example.com' } })
    const foreign = `${grace.methods}/${encodeURIComponent(body.id)}`
    expect((await tenant.call('GET', foreign)).status).toBe(404)
    expect((await tenant.call('DELETE', foreign)).status).toBe(404)
  })

  test('a new recovery code replaces the one before', async () => {
    const { id, methods } = await user()
    const first = await tenant.call('POST', `${pathOf(id)}/recovery-code-regeneration`)
    expect(first.body.recovery_code).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
    const second = await tenant.call('POST', `${pathOf(id)}/recovery-code-regeneration`)
    expect(second.body.recovery_code).not.toBe(first.body.recovery_code)
    expect((await tenant.call('GET', methods)).body).toMatchObject([{ type: 'recovery-code', confirmed: true }])
  })
})
