import { generate } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashRecoveryCode } from '../../../server/src/factors/recovery-secret.ts'
import { createAuthenticator } from '../../support/authenticator.ts'
import {
  type Browser,
  createEnrollSetting,
  type EnrollSetting,
  openLink,
  origin,
  type Shown,
} from './enroll-setting.ts'

let setting: EnrollSetting
beforeAll(async () => {
  setting = await createEnrollSetting()
})
afterAll(() => setting.close())

const opened = async () => {
  const user = await setting.user()
  const browser = setting.browser()
  await openLink(browser, await setting.link(user.id))
  const begin = (type: string) => browser.post('/u/enroll/begin', { type })
  return { user, browser, begin }
}

const confirm = (browser: Browser, form: Record<string, string>) => browser.post('/u/enroll/confirm', form)
const optionsOf = ({ document }: Shown) =>
  document.querySelector('[data-options]')?.getAttribute('data-options')?.replaceAll('&#34;', '"') ?? ''
const secretOf = ({ document }: Shown) => document.querySelector('.secret')?.textContent.trim() ?? ''

describe.each(['webauthn-roaming', 'webauthn-platform'])('%s', (type) => {
  test('is stored with its key, once the authenticator has answered', async () => {
    const { user, browser, begin } = await opened()
    const key = createAuthenticator()
    const options = optionsOf(await begin(type))
    const shown = await confirm(browser, { response: key.register({ options, origin, counter: 3 }) })
    expect(shown.page).toBe('enroll-choose')
    expect(await setting.enrolled(user.id)).toMatchObject([
      {
        type,
        id: expect.stringMatching(new RegExp(`^${type}\\|dev_[0-9A-Za-z]{16}$`)),
        credentialId: key.credentialId,
        publicKey: key.publicKey,
        counter: 3,
        transports: ['usb'],
        relyingPartyId: 'one.localhost',
      },
    ])
    expect(await setting.notices()).toContain(user.email)
  })

  test('is not stored on an answer from another site, to another question, or that is broken', async () => {
    const { user, browser, begin } = await opened()
    const earlier = optionsOf(await begin(type))
    const options = optionsOf(await begin(type))
    const key = createAuthenticator()
    const answers = [
      key.register({ options, origin: 'http://evil.example' }),
      key.register({ options: earlier, origin }),
      '{}',
      '',
    ]
    for (const response of answers) {
      const shown = await confirm(browser, { response })
      expect(shown).toMatchObject({ status: 422, page: 'enroll-confirm' })
    }
    expect(await setting.enrolled(user.id)).toEqual([])
  })

  test('is not stored twice', async () => {
    const { user, browser, begin } = await opened()
    const key = createAuthenticator()
    const register = async () =>
      confirm(browser, { response: key.register({ options: optionsOf(await begin(type)), origin }) })
    expect((await register()).page).toBe('enroll-choose')
    expect((await register()).status).toBe(422)
    expect(await setting.enrolled(user.id)).toHaveLength(1)
  })
})

test('a device that did not see its owner is not stored', async () => {
  const { user, browser, begin } = await opened()
  const options = optionsOf(await begin('webauthn-platform'))
  const response = createAuthenticator().register({ options, origin, userVerified: 'no' })
  expect((await confirm(browser, { response })).status).toBe(422)
  expect(await setting.enrolled(user.id)).toEqual([])
})

describe('an authenticator app', () => {
  const codeFor = (shown: Shown) =>
    generate({ secret: secretOf(shown).replaceAll(' ', ''), epoch: Math.floor(setting.clock.now() / 1_000) })

  test('is stored once its first code is right, and that code is used up', async () => {
    const { user, browser, begin } = await opened()
    const shown = await begin('totp')
    expect(shown.document.querySelector('svg path')).not.toBeNull()
    expect((await confirm(browser, { code: await codeFor(shown) })).page).toBe('enroll-choose')
    const secret = secretOf(shown).replaceAll(' ', '')
    const lastStep = Math.floor(setting.clock.now() / 30_000)
    expect(await setting.enrolled(user.id)).toMatchObject([{ type: 'totp', secret, lastStep }])
  })

  test('can be tried again with the same key after a wrong code', async () => {
    const { user, browser, begin } = await opened()
    const shown = await begin('totp')
    const refused = await confirm(browser, { code: '12345' })
    expect(refused.status).toBe(422)
    expect(secretOf(refused)).toBe(secretOf(shown))
    expect((await confirm(browser, { code: await codeFor(shown) })).page).toBe('enroll-choose')
    expect(await setting.enrolled(user.id)).toHaveLength(1)
  })

  test('is stored once, however often the form is sent', async () => {
    const { user, browser, begin } = await opened()
    const shown = await begin('totp')
    const before = browser.cookies.get('interlock_enroll') ?? ''
    const code = await codeFor(shown)
    await confirm(browser, { code })
    browser.cookies.set('interlock_enroll', before)
    expect((await confirm(browser, { code })).page).toBe('enroll-choose')
    expect(await setting.enrolled(user.id)).toHaveLength(1)
  })

  test('has half an hour to be confirmed', async () => {
    const { user, browser, begin } = await opened()
    const shown = await begin('totp')
    setting.pass(30 * 60_000)
    expect((await confirm(browser, { code: await codeFor(shown) })).page).toBe('enroll-choose')
    expect(await setting.enrolled(user.id)).toEqual([])
  })
})

describe('a recovery code', () => {
  test('works only once it was written down', async () => {
    const { user, browser, begin } = await opened()
    const code = secretOf(await begin('recovery-code'))
    expect(await setting.enrolled(user.id)).toEqual([])
    const shown = await confirm(browser, {})
    expect(shown.document.textContent).not.toContain(code)
    expect(await setting.enrolled(user.id)).toMatchObject([{ type: 'recovery-code', codeHash: hashRecoveryCode(code) }])
  })

  test('takes the place of the earlier one', async () => {
    const { user, browser, begin } = await opened()
    await begin('recovery-code')
    await confirm(browser, {})
    const code = secretOf(await begin('recovery-code'))
    await confirm(browser, {})
    expect(await setting.enrolled(user.id)).toMatchObject([{ codeHash: hashRecoveryCode(code) }])
  })
})

describe('what can be enrolled', () => {
  test('is what the tenant has switched on', async () => {
    const { browser, begin } = await opened()
    await setting.stores.tenants.update('one', { factors: ['otp'] })
    try {
      const { document } = await browser.get('/u/enroll/factors')
      const offered = document.querySelectorAll('button[name=type]').map((button) => button.getAttribute('value'))
      expect(offered).toEqual(['totp'])
      expect((await begin('recovery-code')).status).toBe(400)
    } finally {
      await setting.stores.tenants.update('one', { factors: setting.tenant.factors })
    }
  })

  test.each(['phone', 'email', 'constructor', ''])('is never "%s"', async (type) => {
    const { begin } = await opened()
    expect((await begin(type)).status).toBe(400)
  })
})

test('without anything begun there is nothing to confirm', async () => {
  const { user, browser } = await opened()
  expect((await browser.get('/u/enroll/confirm')).page).toBe('enroll-choose')
  expect((await confirm(browser, { code: '123456' })).page).toBe('enroll-choose')
  expect(await setting.enrolled(user.id)).toEqual([])
})
