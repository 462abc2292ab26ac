import { generateSync } from 'otplib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onBoth, onExecute } from '../support/actions.ts'
import { openReset, requestLink, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { codeIn, createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'
import type { Page } from '../support/visitor.ts'

let server: RunningServer
let tenant: TestTenant
let user: TenantUser
let userPath: string

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(async () => {
  tenant = await createTenant(server)
  user = await tenant.addUser()
  userPath = `/api/v2/users/${encodeURIComponent(user.user_id)}`
})

const stateOf = (page: Page): string => new URL(page.leftFor ?? '').searchParams.get('state') ?? ''

describe('while the user is away at a redirect', () => {
  const cameBack = "api.access.deny('came back')"

  const goAway = async () => {
    const [actionId] = await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", cameBack))
    const { visitor, page } = await openReset(tenant, user)
    const comeBack = () => visitor.get(`/continue?state=${stateOf(page)}`)
    return { visitor, comeBack, actionId }
  }

  test('the action is deleted: the reset fails, and no password page opens', async () => {
    const { visitor, comeBack, actionId } = await goAway()
    await tenant.api.must('DELETE', `/api/v2/actions/actions/${actionId}?force=true`)
    expect(stepOf(await comeBack())).toBe('failed')
    expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('failed')
  })

  test('the application is deleted, which the action may decide by: the reset fails', async () => {
    const { comeBack } = await goAway()
    await tenant.api.must('DELETE', `/api/v2/clients/${tenant.clientId}`)
    expect(stepOf(await comeBack())).toBe('failed')
  })

  test.each(['deleted', 'blocked'])('the user is %s: nothing runs', async (fate) => {
    const { comeBack } = await goAway()
    if (fate === 'deleted') await tenant.api.must('DELETE', userPath)
    else await tenant.api.must('PATCH', userPath, { blocked: true })
    const page = await comeBack()
    expect(page.status).toBe(410)
    expect(page.text).not.toContain('came back')
  })

  test('the tenant is deleted: its pages are gone', async () => {
    const { comeBack } = await goAway()
    await tenant.operator.must('DELETE', `/operator/v1/tenants/${tenant.name}`)
    expect((await comeBack()).status).toBe(404)
  })
})

test.each([{ email: 'elsewhere@example.com' }, { password: 'another good one' }, { blocked: true }])(
  'while the link page is open the account changes, %j: its button runs nothing',
  async (change) => {
    await tenant.bind(onExecute("api.access.deny('the action ran')"))
    const visitor = tenant.visitor()
    await visitor.get(await requestLink(tenant, user.email))
    await tenant.api.must('PATCH', userPath, change)
    const page = await visitor.submit('/u/reset-password')
    expect(page.status).toBe(410)
    expect(page.text).not.toContain('the action ran')
  },
)

describe('while a question is open', () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

  beforeEach(async () => {
    await tenant.enable('otp', 'email')
    await tenant.api.must('POST', `${userPath}/authentication-methods`, { type: 'totp', totp_secret: secret })
  })

  test('its factor is taken from the user: the code proves nothing, and another factor can be picked', async () => {
    await tenant.bind(
      onExecute("api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'email' }] })"),
    )
    const { visitor } = await openReset(tenant, user)
    await tenant.api.must('DELETE', `${userPath}/authentication-methods`)
    const picker = await visitor.submit('/u/reset-password/challenge', { code: generateSync({ secret }) })
    expect(stepOf(picker)).toBe('choose-factor')
    await visitor.submit('/u/reset-password/factor', { factor: '0' })
    const code = codeIn(await tenant.nextMessage(user.email))
    expect(stepOf(await visitor.submit('/u/reset-password/challenge', { code }))).toBe('new-password')
  })

  test('its factor is switched off, and there is no other: the reset fails', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
    const { visitor } = await openReset(tenant, user)
    const code = codeIn(await tenant.nextMessage(user.email))
    await tenant.api.must('PUT', '/api/v2/guardian/factors/email', { enabled: false })
    expect(stepOf(await visitor.submit('/u/reset-password/challenge', { code }))).toBe('failed')
  })

  test('a factor of the picker is taken from the user: it cannot be begun', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }])"))
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('choose-factor')
    await tenant.api.must('DELETE', `${userPath}/authentication-methods`)
    const left = await visitor.submit('/u/reset-password/factor', { factor: '0' })
    expect(stepOf(left)).toBe('choose-factor')
    expect(left.document.querySelectorAll('button[name=factor]')).toHaveLength(1)
  })
})
