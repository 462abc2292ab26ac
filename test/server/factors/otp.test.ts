import { createGuardrails, generate } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Factor, Subject } from '../../../server/src/factors/factor.ts'
import { createFactorSetting, type FactorSetting } from './factor-setting.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const step = 30_000
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 })

let setting: FactorSetting
let otp: Factor
beforeAll(async () => {
  setting = await createFactorSetting()
  otp = setting.factors.get('otp') as Factor
})
afterAll(() => setting.close())

const codeAt = (offset: number, key = secret) =>
  generate({ secret: key, epoch: Math.floor((setting.clock.now() + offset) / 1_000), guardrails })

const answer = (subject: Subject, code: string) => otp.verify(subject, {}, { code })

test.each([-step, 0, step])('a code of the time step %i ms away passes', async (offset) => {
  const subject = await setting.subject([{ type: 'totp', secret }])
  expect(await answer(subject, await codeAt(offset))).toBe('passed')
})

test.each([-2 * step, 2 * step])('a code of the time step %i ms away fails', async (offset) => {
  const subject = await setting.subject([{ type: 'totp', secret }])
  expect(await answer(subject, await codeAt(offset))).toBe('failed')
})

test('a code passes once, and no code of an earlier step passes after it', async () => {
  const subject = await setting.subject([{ type: 'totp', secret }])
  expect(await answer(subject, await codeAt(0))).toBe('passed')
  expect(await answer(await setting.reload(subject), await codeAt(0))).toBe('failed')
  expect(await answer(await setting.reload(subject), await codeAt(-step))).toBe('failed')
})

test('of two answers with the same code at the same time one passes', async () => {
  const subject = await setting.subject([{ type: 'totp', secret }])
  const code = await codeAt(0)
  const verdicts = await Promise.all([answer(subject, code), answer(subject, code)])
  expect(verdicts.sort()).toEqual(['failed', 'passed'])
})

test.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦'])('%j is no code', async (code) => {
  const subject = await setting.subject([{ type: 'totp', secret }])
  expect(await answer(subject, code)).toBe('failed')
})

test('any of several apps may be used, also one with a short secret from elsewhere', async () => {
  const short = 'JBSWY3DPEHPK3PXP'
  const subject = await setting.subject([
    { type: 'totp', secret },
    { type: 'totp', secret: short },
  ])
  expect(await answer(subject, await codeAt(0, short))).toBe('passed')
})
