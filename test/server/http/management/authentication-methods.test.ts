import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

let count = 0
const connection = 'Username-Password-Authentication'
const create = () => tenant.call('POST', '/users', { body: { connection, email: `user-${++count}@example.com` } })
const pathOf = (id: string) => `/users/${encodeURIComponent(id)}`

describe('authentication methods', () => {
  test('are as many for one user as the operator allows', async () => {
    const own = await app.createTenant()
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { factorsPerUser: 2 } })
    const ada = (await own.call('POST', '/users', { body: { connection, email: 'ada@example.com' } })).body.user_id
    const methods = `${pathOf(ada)}/authentication-methods`
    const phones = ['+15550101', '+15550102', '+15550103'].map((phone_number) => ({ type: 'phone', phone_number }))
    const refused = {
      status: 400,
      body: { message: 'Limit factorsPerUser exceeded: the limit is 2.' },
    }
    expect(await own.call('PUT', methods, { body: phones })).toMatchObject(refused)
    expect((await own.call('PUT', methods, { body: phones.slice(0, 2) })).status).toBe(200)
    expect(await own.call('POST', methods, { body: phones[2] })).toMatchObject(refused)
    expect(await own.call('POST', `${pathOf(ada)}/recovery-code-regeneration`)).toMatchObject(refused)
    expect((await own.call('GET', methods)).body).toHaveLength(2)
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { factorsPerUser: 3 } })
    expect((await own.call('POST', `${pathOf(ada)}/recovery-code-regeneration`)).status).toBe(200)
    expect((await own.call('POST', `${pathOf(ada)}/recovery-code-regeneration`)).status).toBe(200)
    expect(await own.call('POST', methods, { body: phones[2] })).toMatchObject({ status: 400 })
  })

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
    const told = await tenant.call('GET', `/logs?q=type:gd_*%20AND%20user_id:"${encodeURIComponent(id)}"`)
    const put = expect.objectContaining({ method: 'put' })
    for (const type of ['gd_unenroll', 'gd_enrollment_complete']) {
      expect(told.body).toContainEqual(expect.objectContaining({ type, details: { request: put } }))
    }
    expect(JSON.stringify(told.body)).not.toContain('JBSWY3DP')
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

  test('are read and removed as enrolments by their id alone, and the log says whose they were', async () => {
    const { id, methods } = await user()
    const phone = { type: 'phone', phone_number: '+15550100', name: 'Mobile' }
    const { body } = await tenant.call('POST', methods, { body: phone })
    const path = `/guardian/enrollments/${encodeURIComponent(body.id)}`
    const [listed] = (await tenant.call('GET', `${pathOf(id)}/enrollments`)).body
    expect(await tenant.call('GET', path)).toMatchObject({ status: 200, body: listed })
    expect(listed).toMatchObject({ id: body.id, status: 'confirmed', name: 'Mobile', phone_number: '+15550100' })
    const unknown = { status: 404, body: { message: 'The enrollment does not exist.' } }
    const other = await app.createTenant()
    for (const method of ['GET', 'DELETE']) expect(await other.call(method, path)).toMatchObject(unknown)
    const reader = tenant.callAs(await tenant.tokenFor('read:guardian_enrollments'))
    expect((await reader('GET', path)).status).toBe(200)
    expect((await reader('DELETE', path)).body.message).toContain('delete:guardian_enrollments')
    expect((await tenant.call('DELETE', path)).status).toBe(204)
    for (const method of ['GET', 'DELETE']) expect(await tenant.call(method, path)).toMatchObject(unknown)
    expect((await tenant.call('GET', methods)).body).toEqual([])
    await app.adapters.tenantLog.flush()
    const told = await tenant.call('GET', `/logs?q=type:gd_unenroll%20AND%20user_id:"${encodeURIComponent(id)}"`)
    expect(told.body).toMatchObject([{ user_id: id, details: { request: { method: 'delete' } } }])
  })

  test('that are no enrolments to the vendor are found by no id', async () => {
    const { id, methods } = await user()
    await tenant.call('POST', `${pathOf(id)}/recovery-code-regeneration`)
    const [code] = (await tenant.call('GET', methods)).body
    const path = `/guardian/enrollments/${encodeURIComponent(code.id)}`
    for (const method of ['GET', 'DELETE']) expect((await tenant.call(method, path)).status).toBe(404)
    expect((await tenant.call('GET', methods)).body).toHaveLength(1)
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
