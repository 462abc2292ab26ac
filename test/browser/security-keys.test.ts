import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onExecute, seedChallenge } from '../support/actions.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { choosePassword, enrollApp, nextAppCode, openEnrolment, openReset } from '../support/hosted-pages.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'
import { createVirtualAuthenticator, type VirtualAuthenticator } from '../support/virtual-authenticator.ts'

let server: RunningServer
let tenant: TestTenant
let browser: TestBrowser
let tab: Tab
let user: TenantUser

beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
  tenant = await createTenant(server)
  await tenant.enable('otp', 'email', 'webauthn-roaming', 'webauthn-platform')
})
beforeEach(async () => {
  tab = await browser.openTab()
  user = await tenant.addUser()
})
afterEach(() => expect(browser.takeComplaints()).toEqual([]))
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** On the enrolment page, which asks by itself for whatever is plugged in. */
const enroll = async (kind: 'Security key' | 'This device', owner = user): Promise<VirtualAuthenticator> => {
  const authenticator = createVirtualAuthenticator(kind === 'Security key' ? 'security-key' : 'platform')
  const enrolment = await browser.openTab()
  await openEnrolment(enrolment, tenant, owner)
  await enrolment.choose(kind)
  await enrolment.at('enroll-confirm')
  await authenticator.plugInto(enrolment)
  await enrolment.at('enroll-choose')
  const added = enrolment.page.getByRole('listitem').filter({ hasText: kind, has: enrolment.page.locator('time') })
  await added.waitFor()
  await enrolment.press('Done')
  await enrolment.at('enroll-done')
  await authenticator.unplug()
  return authenticator
}

describe("the seed's first action", () => {
  beforeAll(() => tenant.bind({ code: seedChallenge }))

  test('link, security key, new password', async () => {
    const key = await enroll('Security key')
    const before = key.signatures()
    await key.plugInto(tab)
    await openReset(tab, tenant, user)
    await choosePassword(tab)
    await key.unplug()
    expect(key.signatures()).toBe(before + 1)
  })

  test('link, another way than the security key, code of the app, new password', async () => {
    await enroll('Security key')
    const app = await enrollApp(await browser.openTab(), tenant, user)
    await openReset(tab, tenant, user)
    await tab.at('challenge')
    await tab.press('Try another way')
    await tab.at('choose-factor')
    await tab.choose('Authenticator app')
    await tab.at('challenge')
    await tab.fill('Code', nextAppCode(app))
    await tab.press('Continue')
    await choosePassword(tab)
  })

  test("neither somebody else's key passes nor a forged one, and the owner's still does", async () => {
    const key = await enroll('Security key')
    const forged = await key.forge()
    const stranger = await enroll('Security key', await tenant.addUser())
    await openReset(tab, tenant, user)
    await tab.at('challenge')

    await stranger.plugInto(tab)
    await tab.press('Use security key')
    await expectAlert('Nothing was confirmed. Try again when you are ready.')
    await stranger.unplug()

    await forged.plugInto(tab)
    await tab.press('Use security key')
    await expectAlert('That did not work. Try again, with an authenticator you have registered.')
    await tab.at('challenge')
    await forged.unplug()

    await key.plugInto(tab)
    await tab.press('Use security key')
    await choosePassword(tab)
  })
})

const expectAlert = (text: string): Promise<void> => tab.page.getByRole('alert').filter({ hasText: text }).waitFor()

test('the device itself, where an action asks for it', async () => {
  await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'webauthn-platform' })"))
  const device = await enroll('This device')
  await device.plugInto(tab)
  await openReset(tab, tenant, user)
  await choosePassword(tab)
  await device.unplug()
  expect(device.signatures()).toBeGreaterThan(0)
})
