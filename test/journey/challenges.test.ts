import { generateSync } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onExecute, seedChallenge } from '../support/actions.ts'
import { choosePassword, openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { codeIn, createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'
import type { Page, Visitor } from '../support/visitor.ts'

let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const phoneNumber = '+15550100123'

const methodsPath = (user: TenantUser): string =>
  `/api/v2/users/${encodeURIComponent(user.user_id)}/authentication-methods`

const enroll = (user: TenantUser, method: Record<string, unknown>) => tenant.api.must('POST', methodsPath(user), method)
const enrollTotp = (user: TenantUser) => enroll(user, { type: 'totp', name: 'app', totp_secret: secret })
const enrollPhone = (user: TenantUser) =>
  enroll(user, { type: 'phone', phone_number: phoneNumber, preferred_authentication_method: 'sms' })

const totp = (): string => generateSync({ secret })

const answer = (visitor: Visitor, code: string): Promise<Page> =>
  visitor.submit('/u/reset-password/challenge', { code })

const choices = (page: Page): string[] =>
  page.document.querySelectorAll('button[name=factor]').map((button) => button.textContent.trim())

const choose = (visitor: Visitor, index: number): Promise<Page> =>
  visitor.submit('/u/reset-password/factor', { factor: String(index) })

describe('a challenge an action asks for', () => {
  beforeAll(async () => {
    tenant = await createTenant(server)
    await tenant.enable('otp', 'sms', 'email', 'recovery-code', 'webauthn-roaming')
  })

  test("the seed's first action: enrolled factors stand in where no security key is enrolled", async () => {
    await tenant.bind({ code: seedChallenge })
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('challenge')
    expect(stepOf(await answer(visitor, totp()))).toBe('new-password')
    expect(stepOf(await choosePassword(visitor))).toBe('done')
  })

  test('a wrong code is said so, and the right one still passes', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'otp' })"))
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor } = await openReset(tenant, user)
    const refused = await answer(visitor, '000000')
    expect(stepOf(refused)).toBe('challenge')
    expect(refused.document.querySelector('[role=alert]')).not.toBeNull()
    expect(stepOf(await answer(visitor, totp()))).toBe('new-password')
  })

  test('the same app code does not pass twice', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'otp' })"))
    const user = await tenant.addUser()
    await enrollTotp(user)
    const code = totp()
    const first = await openReset(tenant, user)
    expect(stepOf(await answer(first.visitor, code))).toBe('new-password')
    const second = await openReset(tenant, user)
    expect(stepOf(await answer(second.visitor, code))).toBe('challenge')
  })

  test('a mail code: sent once, passes once', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('challenge')
    const code = codeIn(await tenant.nextMessage(user.email))
    expect(stepOf(await answer(visitor, code))).toBe('new-password')

    const second = await openReset(tenant, user)
    const otherCode = codeIn(await tenant.nextMessage(user.email))
    if (code !== otherCode) expect(stepOf(await answer(second.visitor, code))).toBe('challenge')
  })

  test('a code that was sent again replaces the one before', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
    const user = await tenant.addUser()
    const { visitor } = await openReset(tenant, user)
    const older = codeIn(await tenant.nextMessage(user.email))
    await visitor.submit('/u/reset-password/resend')
    const newer = codeIn(await tenant.nextMessage(user.email))
    if (older !== newer) expect(stepOf(await answer(visitor, older))).toBe('challenge')
    expect(stepOf(await answer(visitor, newer))).toBe('new-password')
  })

  test('after too many codes none is sent any more, and the last one still passes', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    let code = codeIn(await tenant.nextMessage(user.email))
    let form = page
    while (stepOf(form) === 'challenge') {
      form = await visitor.submit('/u/reset-password/resend')
      if (form.status === 200) code = codeIn(await tenant.nextMessage(user.email))
    }
    expect(form.status).toBe(429)
    expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('challenge')
    expect(stepOf(await answer(visitor, code))).toBe('new-password')
  })

  test('after too many codes another factor can be picked', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }])"))
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor } = await openReset(tenant, user)
    let page = await choose(visitor, 1)
    while (page.status === 200) page = await visitor.submit('/u/reset-password/resend')
    await visitor.get('/u/reset-password/step')
    await visitor.submit('/u/reset-password/factor', { factor: '' })
    expect(stepOf(await choose(visitor, 0))).toBe('challenge')
    expect(stepOf(await answer(visitor, totp()))).toBe('new-password')
  })

  test('a phone code by text message', async () => {
    await tenant.bind(
      onExecute("api.authentication.challengeWith({ type: 'phone', options: { preferredMethod: 'sms' } })"),
    )
    const user = await tenant.addUser()
    await enrollPhone(user)
    const { visitor, page } = await openReset(tenant, user)
    expect(page.text).not.toContain(phoneNumber)
    expect(stepOf(await answer(visitor, codeIn(await tenant.nextMessage(phoneNumber))))).toBe('new-password')
  })

  test('a recovery code passes once, however it is typed', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'recovery-code' })"))
    const user = await tenant.addUser()
    const path = `/api/v2/users/${encodeURIComponent(user.user_id)}/recovery-code-regeneration`
    const { recovery_code } = await tenant.api.must<{ recovery_code: string }>('POST', path)
    const { visitor } = await openReset(tenant, user)
    expect(stepOf(await answer(visitor, recovery_code.toLowerCase()))).toBe('new-password')
    const again = await openReset(tenant, user)
    expect(stepOf(again.page)).toBe('failed')
  })

  test('a picker opens for "any", and every choice in it works', async () => {
    await tenant.bind(
      onExecute(
        "api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'sms' }, { type: 'webauthn-roaming' }])",
      ),
    )
    const user = await tenant.addUser()
    await enrollTotp(user)
    await enrollPhone(user)
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('choose-factor')
    expect(choices(page)).toHaveLength(2)
    await choose(visitor, 1)
    await tenant.nextMessage(phoneNumber)
    await visitor.submit('/u/reset-password/factor', { factor: '' })
    expect(stepOf(await choose(visitor, 0))).toBe('challenge')
    expect(stepOf(await answer(visitor, totp()))).toBe('new-password')
  })

  test('a factor that was not offered cannot be chosen', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'sms' }])"))
    const user = await tenant.addUser()
    await enrollTotp(user)
    await enrollPhone(user)
    const { visitor } = await openReset(tenant, user)
    expect((await choose(visitor, 7)).status).toBe(400)
    expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('choose-factor')
  })

  test('two challenges in one handler must both be passed', async () => {
    await tenant.bind(
      onExecute(
        "api.authentication.challengeWith({ type: 'otp' }); api.authentication.challengeWith({ type: 'email' })",
      ),
    )
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor } = await openReset(tenant, user)
    expect(stepOf(await answer(visitor, totp()))).toBe('challenge')
    expect(stepOf(await answer(visitor, codeIn(await tenant.nextMessage(user.email))))).toBe('new-password')
  })

  test('nothing usable fails the reset: never the password page', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'webauthn-roaming' })"))
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('failed')
    expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('failed')
  })

  test('what was passed shows in the next action', async () => {
    await tenant.bind(
      onExecute("api.authentication.challengeWith({ type: 'otp' })"),
      onExecute('api.access.deny(JSON.stringify(event.authentication.methods))'),
    )
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor } = await openReset(tenant, user)
    const denied = await answer(visitor, totp())
    expect(stepOf(denied)).toBe('denied')
    const [methods = ''] = /\[\{.*\}\]/.exec(denied.text) ?? []
    const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    expect(JSON.parse(methods)).toEqual([
      { name: 'email', timestamp },
      { name: 'mfa', timestamp, type: 'otp' },
    ])
  })
})

describe('guessing', () => {
  test('ten wrong codes end the reset, the right one then comes too late, and a new link does not help', async () => {
    tenant = await createTenant(server)
    await tenant.enable('otp')
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'otp' })"))
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor } = await openReset(tenant, user)
    for (let attempt = 0; attempt < 10; attempt++) expect(stepOf(await answer(visitor, '000000'))).toBe('challenge')
    const tooLate = await answer(visitor, totp())
    expect(stepOf(tooLate)).toBe('failed')

    const again = await openReset(tenant, user)
    expect(stepOf(await answer(again.visitor, totp()))).toBe('failed')
  })

  test('passing one factor does not buy more guesses at another', async () => {
    tenant = await createTenant(server)
    await tenant.enable('otp', 'email')
    await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { wrongCodes: 3 })
    await tenant.bind(
      onExecute(
        "api.authentication.challengeWith({ type: 'email' }); api.authentication.challengeWith({ type: 'otp' })",
      ),
    )
    const user = await tenant.addUser()
    await enrollTotp(user)
    const guess = async (): Promise<string | undefined> => {
      const { visitor } = await openReset(tenant, user)
      await answer(visitor, codeIn(await tenant.nextMessage(user.email)))
      await answer(visitor, '000000')
      return stepOf(await answer(visitor, '000000'))
    }
    expect(await guess()).toBe('challenge')
    expect(await guess()).toBe('failed')
  })

  test('an operator may allow fewer wrong codes, and it bites at once', async () => {
    tenant = await createTenant(server)
    await tenant.enable('otp')
    await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { wrongCodes: 3 })
    const user = await tenant.addUser()
    await enrollTotp(user)
    const { visitor } = await openReset(tenant, user)
    for (let attempt = 0; attempt < 3; attempt++) expect(stepOf(await answer(visitor, '000000'))).toBe('challenge')
    expect(stepOf(await answer(visitor, totp()))).toBe('failed')
  })
})

describe('with no action at all', () => {
  test('an enrolled factor is asked, unless the tenant leaves it to the actions', async () => {
    tenant = await createTenant(server)
    await tenant.enable('otp')
    const user = await tenant.addUser()
    await enrollTotp(user)
    expect(stepOf((await openReset(tenant, user)).page)).toBe('challenge')

    await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}`, {
      reset_mfa: 'actions-only',
    })
    expect(stepOf((await openReset(tenant, user)).page)).toBe('new-password')
  })
})
