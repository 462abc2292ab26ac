import { generateSync } from 'otplib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { onBoth, onExecute } from '../support/actions.ts'
import { openReset, requestLink, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { codeIn, createTenant, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant

beforeEach(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
})
afterEach(() => server.stop())

const minutes = (count: number): number => count * 60_000

test('an expired link answers like one that never was', async () => {
  const user = await tenant.addUser()
  const expired = await requestLink(tenant, user.email)
  server.advanceClock(minutes(61))
  const unknown = await tenant.visitor().get('/u/reset-password?ticket=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
  const page = await tenant.visitor().get(expired)
  expect({ status: page.status, text: page.text }).toEqual({ status: 410, text: unknown.text })
})

test('a user who is away longer than the tenant allows is told so, and is offered a new link', async () => {
  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { pauseMinutes: 10 })
  await tenant.bind(onBoth("api.redirect.sendUserTo('https://out.example/')", ''))
  const { visitor, page } = await openReset(tenant, await tenant.addUser())
  const state = new URL(page.leftFor ?? '').searchParams.get('state')
  server.advanceClock(minutes(11))
  const late = await visitor.get(`/continue?state=${state}`)
  expect(late.status).toBe(410)
  expect(late.text).toMatch(/expired/i)
  expect(late.html).toContain('/u/reset-password/request')
})

test('a mail code expires', async () => {
  await tenant.enable('email')
  await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
  const user = await tenant.addUser()
  const { visitor } = await openReset(tenant, user)
  const code = codeIn(await tenant.nextMessage(user.email))
  server.advanceClock(minutes(6))
  expect(stepOf(await visitor.submit('/u/reset-password/challenge', { code }))).toBe('challenge')
})

test('wrong codes are forgiven after an hour', async () => {
  await tenant.enable('otp')
  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { wrongCodes: 3 })
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  const user = await tenant.addUser()
  const path = `/api/v2/users/${encodeURIComponent(user.user_id)}/authentication-methods`
  await tenant.api.must('POST', path, { type: 'totp', name: 'app', totp_secret: secret })
  const { visitor } = await openReset(tenant, user)
  for (let attempt = 0; attempt < 4; attempt++) {
    if (stepOf(visitor.page()) === 'challenge') await visitor.submit('/u/reset-password/challenge', { code: '000000' })
  }
  expect(stepOf(visitor.page())).toBe('failed')

  server.advanceClock(minutes(61))
  const later = await openReset(tenant, user)
  const code = generateSync({ secret, epoch: Math.floor((Date.now() + minutes(61)) / 1_000) })
  expect(stepOf(await later.visitor.submit('/u/reset-password/challenge', { code }))).toBe('new-password')
})
