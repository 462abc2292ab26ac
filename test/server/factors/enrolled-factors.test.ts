import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrolledFactors } from '../../../server/src/factors/enrolled-factors.ts'
import { createFactorSetting, type EnrollmentFields, type FactorSetting } from './factor-setting.ts'

let setting: FactorSetting
beforeAll(async () => {
  setting = await createFactorSetting()
})
afterAll(() => setting.close())

const key = (credentialId: string): EnrollmentFields => ({
  type: 'webauthn-roaming',
  credentialId,
  publicKey: 'AA',
  counter: 0,
  transports: [],
  relyingPartyId: 'one.localhost',
})

test('actions see every type once, in the words that challengeWith takes', async () => {
  const subject = await setting.subject([
    { type: 'totp', secret: 'JBSWY3DPEHPK3PXP' },
    key('a'),
    key('b'),
    { type: 'phone', phoneNumber: '+491511234567', preferredMethod: 'voice' },
    { type: 'recovery-code', codeHash: 'x' },
  ])
  expect(enrolledFactors(subject)).toEqual([
    { type: 'otp' },
    { type: 'webauthn-roaming' },
    { type: 'phone', options: { preferredMethod: 'voice' } },
    { type: 'recovery-code' },
    { type: 'email' },
  ])
})

test('a verified address counts as enrolled, an unverified one does not', async () => {
  expect(enrolledFactors(await setting.subject())).toEqual([{ type: 'email' }])
  expect(enrolledFactors(await setting.subject([], { emailVerified: false }))).toEqual([])
})

test('a factor the tenant has switched off is enrolled but not usable', async () => {
  const subject = await setting.subject([{ type: 'totp', secret: 'JBSWY3DPEHPK3PXP' }])
  const off = { ...subject, tenant: { ...subject.tenant, factors: [] } }
  expect(enrolledFactors(off)).toContainEqual({ type: 'otp' })
  expect(setting.factors.all().filter((factor) => factor.isUsable(off))).toEqual([])
})

test('the phone is switched on by the name the management API gives it', async () => {
  const subject = await setting.subject([{ type: 'phone', phoneNumber: '+491511234567', preferredMethod: 'sms' }])
  const only = { ...subject, tenant: { ...subject.tenant, factors: ['sms'] as const } }
  expect(
    setting.factors
      .all()
      .filter((factor) => factor.isUsable(only))
      .map(({ type }) => type),
  ).toEqual(['phone'])
})

test('nobody can be asked for a notification', () => {
  expect(setting.factors.get('push-notification')).toBeUndefined()
})
