import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { onBoth, onExecute, seedChallenge } from '../support/actions.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import {
  choosePassword,
  enrollApp,
  enterMailCode,
  nextAppCode,
  openEnrolment,
  openReset,
  originOf,
} from '../support/hosted-pages.ts'
import type { HttpsHost } from '../support/https-host.ts'
import { startOutsidePage } from '../support/outside-page.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'
import { createVirtualAuthenticator } from '../support/virtual-authenticator.ts'

let server: RunningServer
let tenant: TestTenant
let outside: HttpsHost
let browser: TestBrowser
let tab: Tab
let user: TenantUser

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await tenant.enable('otp', 'email', 'recovery-code', 'webauthn-roaming')
  outside = await startOutsidePage({ host: 'my-app.example.com', returnTo: `${originOf(tenant)}/continue` })
  browser = await launchBrowser([outside.resolverRule])
})
beforeEach(async () => {
  tab = await browser.openTab({ javaScriptEnabled: false })
  user = await tenant.addUser()
})
afterEach(() => expect(browser.takeComplaints()).toEqual([]))
afterAll(async () => {
  await browser.close()
  await outside.stop()
  await server.stop()
})

const needsScripts = 'This step needs JavaScript'

test('an app and a recovery code are enrolled, and both pass', async () => {
  await tenant.bind(
    onExecute(
      "api.authentication.challengeWith({ type: 'otp' }); api.authentication.challengeWith({ type: 'recovery-code' })",
    ),
  )
  const app = await enrollApp(tab, tenant, user)
  await tab.choose('Recovery code')
  await tab.at('enroll-confirm')
  const recoveryCode = (await tab.page.locator('.secret').textContent()) ?? ''
  await tab.press('I have written it down')
  await tab.at('enroll-choose')

  await openReset(tab, tenant, user)
  await tab.at('challenge')
  await tab.fill('Code', nextAppCode(app))
  await tab.press('Continue')
  await tab.page.getByRole('heading', { name: 'Enter your recovery code' }).waitFor()
  await tab.fill('Code', recoveryCode)
  await tab.press('Continue')
  await choosePassword(tab)
})

test('a prompt, an outside page and back, and a mail code', async () => {
  await tenant.bind(
    onBoth(
      "api.prompt.render('name', { fields: { name: 'Your name' } })",
      `if (event.prompt) api.redirect.sendUserTo('${outside.origin}')
       else api.authentication.challengeWith({ type: 'email' })`,
    ),
  )
  await openReset(tab, tenant, user)
  await tab.at('prompt')
  await tab.fill('Your name', 'Ada')
  await tab.press('Continue')
  await tab.at('outside')
  await tab.press('Back by a form')
  await enterMailCode(tab, tenant, user)
  await choosePassword(tab)
})

test('where a security key is asked for, the page says what is missing, and another way can be chosen', async () => {
  await tenant.bind({ code: seedChallenge })
  const scripted = await browser.openTab()
  const key = createVirtualAuthenticator('security-key')
  await openEnrolment(scripted, tenant, user)
  await scripted.choose('Security key')
  await key.plugInto(scripted)
  await scripted.at('enroll-choose')
  const app = await enrollApp(await browser.openTab(), tenant, user)

  await openReset(tab, tenant, user)
  await tab.at('challenge')
  expect(await tab.text()).toContain(needsScripts)
  await tab.press('Try another way')
  await tab.choose('Authenticator app')
  await tab.at('challenge')
  await tab.fill('Code', nextAppCode(app))
  await tab.press('Continue')
  await choosePassword(tab)
})
