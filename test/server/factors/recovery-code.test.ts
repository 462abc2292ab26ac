import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemRandom } from '../../../server/src/crypto/random.ts'
import type { Factor, Subject } from '../../../server/src/factors/factor.ts'
import { formatRecoveryCode, hashRecoveryCode, mintRecoveryCode } from '../../../server/src/factors/recovery-secret.ts'
import { createFactorSetting, type FactorSetting } from './factor-setting.ts'

let setting: FactorSetting
let factor: Factor
beforeAll(async () => {
  setting = await createFactorSetting()
  factor = setting.factors.get('recovery-code') as Factor
})
afterAll(() => setting.close())

const withCode = async (): Promise<{ subject: Subject; code: string }> => {
  const code = mintRecoveryCode(systemRandom)
  return { code, subject: await setting.subject([{ type: 'recovery-code', codeHash: hashRecoveryCode(code) }]) }
}

test('a code has 24 letters and digits, and no two are the same', () => {
  const codes = new Set(Array.from({ length: 100 }, () => mintRecoveryCode(systemRandom)))
  expect(codes.size).toBe(100)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{24}$/)
})

test('it passes once, and the user has none afterwards', async () => {
  const { subject, code } = await withCode()
  expect(await factor.verify(subject, {}, { code })).toBe('passed')
  expect(await factor.verify(subject, {}, { code })).toBe('failed')
  expect(factor.isUsable(await setting.reload(subject))).toBe(false)
})

test('of two answers at the same time one passes', async () => {
  const { subject, code } = await withCode()
  const verdicts = await Promise.all([1, 2].map(() => factor.verify(subject, {}, { code })))
  expect(verdicts.sort()).toEqual(['failed', 'passed'])
})

test('it may be typed in small letters, with hyphens or spaces, and with O for 0 and I or L for 1', async () => {
  const code = '0123456789ABCDEFGHJKMN01'
  const typed = 'ol23-4567 89ab-cdef ghjk-mnoI'
  const subject = await setting.subject([{ type: 'recovery-code', codeHash: hashRecoveryCode(code) }])
  expect(await factor.verify(subject, {}, { code: typed })).toBe('passed')
})

test('the code of another user fails and stays usable for its owner', async () => {
  const mine = await withCode()
  const theirs = await withCode()
  expect(await factor.verify(mine.subject, {}, { code: theirs.code })).toBe('failed')
  expect(await factor.verify(theirs.subject, {}, { code: theirs.code })).toBe('passed')
})

test('an empty answer fails', async () => {
  const { subject } = await withCode()
  expect(await factor.verify(subject, {}, {})).toBe('failed')
})

test('it is shown in groups of four', () => {
  expect(formatRecoveryCode('0123456789ABCDEFGHJKMNPQ')).toBe('0123-4567-89AB-CDEF-GHJK-MNPQ')
})
