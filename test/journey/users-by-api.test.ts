/** What the management API sets of a user, as actions and the user's reset find it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { createAuthenticator } from '../support/authenticator.ts'
import { choosePassword, openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant
beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await tenant.enable('otp', 'sms', 'email', 'recovery-code', 'webauthn-roaming')
})
afterAll(() => server.stop())

const tellUser = onExecute('api.access.deny(JSON.stringify(event.user))')

const pathOf = ({ user_id }: TenantUser): string => `/api/v2/users/${encodeURIComponent(user_id)}`

/** `event.user`, as an action got it. */
const told = async (user: TenantUser) => {
  const { page } = await openReset(tenant, user)
  const [text = ''] = /\{"user_id".*\}/.exec(page.text) ?? []
  return JSON.parse(text)
}

test('every field of a user is seen by actions, and every change of one', async () => {
  await tenant.bind(tellUser)
  const profile = {
    email_verified: true,
    username: 'ada-sees',
    phone_number: '+15550123',
    phone_verified: true,
    name: 'Ada L.',
    given_name: 'Ada',
    family_name: 'Lovelace',
    nickname: 'ada',
    picture: 'https://example.com/ada.png',
    user_metadata: { theme: 'dark', deep: { list: [1, null, 'ü'] } },
    app_metadata: { plan: 'gold' },
  }
  const user = await tenant.addUser({ ...profile, user_id: 'ada-1' })
  const connection = 'Username-Password-Authentication'
  const identities = [{ connection, provider: 'auth0', user_id: 'ada-1', isSocial: false }]
  const whole = {
    ...profile,
    user_id: 'auth0|ada-1',
    email: user.email,
    identities,
    enrolledFactors: [{ type: 'email' }],
  }
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(await told(user)).toEqual({ ...whole, created_at: time, updated_at: time })

  const email = `moved-${user.email}`
  await tenant.api.must('PATCH', pathOf(user), {
    email,
    username: 'grace',
    phone_number: null,
    name: 'Grace',
    given_name: null,
    family_name: 'Hopper',
    nickname: null,
    picture: null,
    user_metadata: { theme: null, font: 'large' },
    app_metadata: {},
  })
  expect(await told({ ...user, email })).toEqual({
    user_id: 'auth0|ada-1',
    email,
    email_verified: false,
    username: 'grace',
    name: 'Grace',
    family_name: 'Hopper',
    user_metadata: { deep: { list: [1, null, 'ü'] }, font: 'large' },
    app_metadata: {},
    identities,
    enrolledFactors: [],
    created_at: time,
    updated_at: time,
  })
})

test('every kind of authentication method is seen by actions as the factor it is', async () => {
  await tenant.bind(tellUser)
  const user = await tenant.addUser({ email_verified: false })
  const methods = `${pathOf(user)}/authentication-methods`
  const { credentialId: key_id, publicKey: public_key } = createAuthenticator()
  const factors = async () => (await told(user)).enrolledFactors
  expect(await factors()).toEqual([])
  await tenant.api.must('POST', methods, { type: 'passkey', key_id, public_key })
  expect(await factors()).toEqual([])

  await tenant.api.must('PUT', methods, [
    { type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' },
    { type: 'phone', phone_number: '+15550100', preferred_authentication_method: 'voice' },
    { type: 'email', email: 'second@example.com' },
  ])
  await tenant.api.must('POST', methods, { type: 'webauthn-roaming', key_id, public_key })
  await tenant.api.must('POST', `${pathOf(user)}/recovery-code-regeneration`)
  const phone = (preferredMethod: string) => ({ type: 'phone', options: { preferredMethod } })
  const others = [{ type: 'email' }, { type: 'webauthn-roaming' }, { type: 'recovery-code' }]
  expect(await factors()).toEqual([{ type: 'otp' }, phone('voice'), ...others])

  const list = await tenant.api.must<{ id: string; type: string }[]>('GET', methods)
  const idOf = (type: string) => encodeURIComponent(list.find((method) => method.type === type)?.id ?? '')
  await tenant.api.must('PATCH', `${methods}/${idOf('phone')}`, { preferred_authentication_method: 'sms' })
  await tenant.api.must('DELETE', `${methods}/${idOf('totp')}`)
  expect(await factors()).toEqual([phone('sms'), ...others])
  await tenant.api.must('DELETE', `${pathOf(user)}/authenticators`)
  expect(await factors()).toEqual([])
})

test('a security key whose public key came as SubjectPublicKeyInfo passes a challenge', async () => {
  await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'webauthn-roaming' })"))
  const user = await tenant.addUser()
  const key = createAuthenticator()
  await tenant.api.must('POST', `${pathOf(user)}/authentication-methods`, {
    type: 'webauthn-roaming',
    key_id: key.credentialId,
    public_key: key.publicKeyInfo,
  })
  const { visitor, page } = await openReset(tenant, user)
  const options = page.document.querySelector('[data-options]')?.getAttribute('data-options') ?? ''
  const response = key.authenticate({ options, origin: `http://${tenant.host}`, counter: 1 })
  expect(stepOf(await visitor.submit('/u/reset-password/challenge', { response }))).toBe('new-password')
})

test('the phone that was replaced gets no code, and the one that took its place does', async () => {
  await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'phone' })"))
  const user = await tenant.addUser()
  const methods = `${pathOf(user)}/authentication-methods`
  await tenant.api.must('POST', methods, { type: 'phone', phone_number: '+15550101' })
  await tenant.api.must('PUT', methods, [{ type: 'phone', phone_number: '+15550102' }])
  const { page } = await openReset(tenant, user)
  expect(stepOf(page)).toBe('challenge')
  await tenant.nextMessage('+15550102')
  const { body } = await tenant.operator.call<{ to: string }[]>('GET', '/dev/outbox.json')
  expect(body.filter(({ to }) => to === '+15550101')).toEqual([])
})

test('a blocked user cannot reset, by no link of any origin, until the block is lifted', async () => {
  await tenant.bind()
  const user = await tenant.addUser()
  const mint = async () => {
    const order = { user_id: user.user_id }
    const { ticket } = await tenant.api.must<{ ticket: string }>('POST', '/api/v2/tickets/password-change', order)
    return `/u/reset-password${new URL(ticket).search}`
  }
  await tenant.api.must('PATCH', pathOf(user), { blocked: true })
  const link = await mint()
  expect((await tenant.visitor().get(link)).status).toBe(410)
  await tenant.api.must('PATCH', pathOf(user), { blocked: false })
  const visitor = tenant.visitor()
  await visitor.get(link)
  await visitor.submit('/u/reset-password')
  expect(stepOf(await choosePassword(visitor))).toBe('done')
})
