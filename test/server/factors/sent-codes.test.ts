import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Factor, Subject } from '../../../server/src/factors/factor.ts'
import { codeIn, createFactorSetting, type EnrollmentFields, type FactorSetting } from './factor-setting.ts'

const minute = 60_000
const phone: EnrollmentFields = { type: 'phone', phoneNumber: '+4915112345642', preferredMethod: 'sms' }

let setting: FactorSetting
beforeAll(async () => {
  setting = await createFactorSetting()
})
afterAll(() => setting.close())

const factorOf = (type: 'email' | 'phone'): Factor => {
  const factor = setting.factors.get(type)
  if (!factor) throw new Error(`There is no factor ${type}.`)
  return factor
}

const ask = async (type: 'email' | 'phone', subject: Subject) => {
  const begun = await factorOf(type).begin(subject, { type })
  const { to, text } = await setting.lastSent()
  return { begun, to, code: codeIn(text) }
}

describe.each(['email', 'phone'] as const)('a code by %s', (type) => {
  test('passes when it is typed as it was sent, with or without spaces', async () => {
    const subject = await setting.subject([phone])
    const { begun, code } = await ask(type, subject)
    expect(code).toHaveLength(6)
    expect(await factorOf(type).verify(subject, begun, { code: `${code.slice(0, 3)} ${code.slice(3)}` })).toBe('passed')
  })

  test('fails when it is wrong, empty or missing', async () => {
    const subject = await setting.subject([phone])
    const { begun, code } = await ask(type, subject)
    const wrong = code === '000000' ? '000001' : '000000'
    for (const answer of [{ code: wrong }, { code: '' }, {}]) {
      expect(await factorOf(type).verify(subject, begun, answer)).toBe('failed')
    }
  })

  test('works for five minutes and no longer', async () => {
    const subject = await setting.subject([phone])
    const { begun, code } = await ask(type, subject)
    setting.pass(5 * minute - 1)
    expect(await factorOf(type).verify(subject, begun, { code })).toBe('passed')
    setting.pass(1)
    expect(await factorOf(type).verify(subject, begun, { code })).toBe('failed')
  })

  test('answers its own question only: not a later one, and not that of another user', async () => {
    const subject = await setting.subject([phone])
    const other = await setting.subject([phone])
    const first = await ask(type, subject)
    const second = await ask(type, subject)
    if (first.code !== second.code) {
      expect(await factorOf(type).verify(subject, second.begun, { code: first.code })).toBe('failed')
    }
    expect(await factorOf(type).verify(other, second.begun, { code: second.code })).toBe('failed')
  })

  test('cannot be read from what is stored with the transaction', async () => {
    const { begun, code } = await ask(type, await setting.subject([phone]))
    expect(JSON.stringify(begun)).not.toContain(code)
  })

  test('is sent five times in a quarter of an hour, and then not until it has passed', async () => {
    const subject = await setting.subject([phone])
    for (let time = 0; time < 5; time++) await ask(type, subject)
    const sent = setting.sentCount()
    await expect(ask(type, subject)).rejects.toMatchObject({ code: 'ERR_TOO_MANY_REQUESTS' })
    expect(setting.sentCount()).toBe(sent)
    setting.pass(15 * minute)
    await expect(ask(type, subject)).resolves.toBeDefined()
  })
})

describe('a code by mail', () => {
  test('goes to the enrolled address rather than to the account', async () => {
    const subject = await setting.subject([{ type: 'email', email: 'second@example.com' }])
    expect((await ask('email', subject)).to).toBe('second@example.com')
  })

  test('is not offered for an address that was never verified', async () => {
    const subject = await setting.subject([], { emailVerified: false })
    expect(factorOf('email').isUsable(subject)).toBe(false)
  })

  test('shows where it went, but not so that others learn the address', async () => {
    const subject = await setting.subject([], { email: 'ada@example.com' })
    const { begun } = await ask('email', subject)
    expect(factorOf('email').view(subject, begun)).toMatchObject({ kind: 'code', sentTo: 'a•••@example.com' })
  })

  test('notes when the enrollment was used last', async () => {
    const subject = await setting.subject([{ type: 'email', email: 'second@example.com' }])
    const { begun, code } = await ask('email', subject)
    await factorOf('email').verify(subject, begun, { code })
    expect((await setting.reload(subject)).enrollments[0]).toMatchObject({ lastAuthAt: setting.clock.now() })
  })
})

describe('a code by phone', () => {
  test('is sent ten times an hour at most, when codes by mail still are', async () => {
    const subject = await setting.subject([phone])
    for (let time = 0; time < 10; time++) {
      if (time === 5) setting.pass(15 * minute)
      await ask('phone', subject)
    }
    setting.pass(15 * minute)
    await expect(ask('phone', subject)).rejects.toMatchObject({
      code: 'ERR_TOO_MANY_REQUESTS',
      retryAfterMs: 30 * minute,
    })
    await expect(ask('email', subject)).resolves.toBeDefined()
    setting.pass(30 * minute)
    await expect(ask('phone', subject)).resolves.toBeDefined()
  })

  const via = async (subject: Subject, preferredMethod?: 'sms' | 'voice' | 'both') => {
    const factor = factorOf('phone')
    const begun = await factor.begin(subject, {
      type: 'phone',
      ...(preferredMethod && { options: { preferredMethod } }),
    })
    const message = await setting.lastSent()
    return { view: factor.view(subject, begun), message }
  }

  test('comes by the method the action asked for, else by the one the user prefers', async () => {
    const subject = await setting.subject([phone])
    expect((await via(subject)).message).toMatchObject({ via: 'sms' })
    expect((await via(subject, 'both')).message).toMatchObject({ via: 'sms' })
    const called = await via(subject, 'voice')
    expect(called.message).toMatchObject({ via: 'voice' })
    expect(called.view).toMatchObject({ via: 'voice', sentTo: '••• ••• 42' })
  })

  test('goes to the number that prefers the method', async () => {
    const landline: EnrollmentFields = { type: 'phone', phoneNumber: '+493012345678', preferredMethod: 'voice' }
    const subject = await setting.subject([phone, landline])
    expect((await via(subject, 'voice')).message.to).toBe('+493012345678')
    expect((await via(subject)).message.to).toBe('+4915112345642')
  })

  test('proves nothing once its number was taken away, though another one is left', async () => {
    const subject = await setting.subject([phone, { ...phone, phoneNumber: '+4915199999999' }])
    const { begun, code } = await ask('phone', subject)
    const without = { ...subject, enrollments: subject.enrollments.filter(({ id }) => id !== begun.enrollmentId) }
    expect(without.enrollments).toHaveLength(1)
    expect(await factorOf('phone').verify(without, begun, { code })).toBe('failed')
    expect(await factorOf('phone').verify(subject, begun, { code })).toBe('passed')
  })
})
