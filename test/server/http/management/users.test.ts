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

  test('loses by null whatever may be absent, and keeps something to be found by', async () => {
    const profile = {
      username: 'ada-by-name',
      phone_number: '+15550123',
      phone_verified: true,
      name: 'Ada',
      given_name: 'Ada',
      family_name: 'Lovelace',
      nickname: 'ada',
      picture: 'https://example.com/ada.png',
    }
    const { body } = await create({ ...profile, email_verified: true, password: 'correct horse battery' })
    expect(body).toMatchObject(profile)
    const path = pathOf(body.user_id)
    const { phone_verified: _, username, ...optional } = profile
    const nulls = Object.fromEntries(['email', 'password', ...Object.keys(optional)].map((name) => [name, null]))
    const emptied = await tenant.call('PATCH', path, { body: nulls })
    expect(emptied.status).toBe(200)
    expect(Object.keys(emptied.body).toSorted()).toEqual(
      ['created_at', 'identities', 'logins_count', 'updated_at', 'user_id', 'username'].toSorted(),
    )
    const stored = await app.adapters.users.find(tenant.name, body.user_id)
    expect(stored).toMatchObject({ username, emailVerified: false })
    expect(stored).not.toHaveProperty('passwordHash')
    const nobody = await tenant.call('PATCH', path, { body: { username: null } })
    expect(nobody).toMatchObject({ status: 400, body: { message: expect.stringContaining('A user needs an email') } })
    for (const name of ['email_verified', 'blocked', 'user_metadata', 'connection']) {
      expect((await tenant.call('PATCH', path, { body: { [name]: null } })).status, name).toBe(400)
    }
  })

  test('has a number verified until it gets another one', async () => {
    const { body } = await create({ phone_number: '+15550123', phone_verified: true })
    const path = pathOf(body.user_id)
    const edit = async (patch: object) => (await tenant.call('PATCH', path, { body: patch })).body.phone_verified
    expect(await edit({ phone_number: '+15550123' })).toBe(true)
    expect(await edit({ phone_number: '+15550124' })).toBe(false)
    expect(await edit({ phone_number: '+15550125', phone_verified: true })).toBe(true)
    expect((await tenant.call('PATCH', path, { body: { verify_phone_number: true } })).status).toBe(400)
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
