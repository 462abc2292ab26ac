/** A reset begun by the vendor's clients for the authentication API, and finished by a person in a browser. */
import { AuthClient } from '@auth0/auth0-auth-js'
import type { ManagementClient } from 'auth0'
import { AuthApiError, AuthenticationClient } from 'auth0/legacy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { choosePassword } from '../support/hosted-pages.ts'
import { bind, database as connection, createDeployed, managementClient } from '../support/management-client.ts'
import { codeIn } from '../support/tenant.ts'

let site: ClientSite
let browser: TestBrowser
let management: ManagementClient
let clientId: string

const saysWhoAsked = `
  api.authentication.challengeWith({ type: 'email' })
  api.transaction.setResultUrl('https://shop.example/back', { query: { client: event.client.name } })`

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
  const shop = await management.clients.create({ name: 'Shop' })
  clientId = shop.client_id ?? ''
  await management.guardian.factors.set('email', { enabled: true })
  // Who can read the mail has the code too: a tenant that wants it all the same says so.
  await site.operator('PATCH', '/tenants/acme', { allow_same_channel: 'always' })
  await bind(management, await createDeployed(management, onExecute(saysWhoAsked).code))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.stop()
})

let people = 0
const addUser = async (): Promise<string> => {
  const email = `person${++people}@example.com`
  await management.users.create({ connection, email, email_verified: true, password: 'correct horse battery' })
  return email
}

const linkIn = (text: string): string => /https:\/\/\S+\/u\/[^\s>]+/.exec(text)?.[0] ?? 'no link'

const finishInBrowser = async (tab: Tab, email: string): Promise<void> => {
  await tab.open(linkIn((await site.nextMessage(email)).text))
  await tab.at('confirm-link')
  await tab.press('Continue')
  await tab.at('challenge')
  await tab.fill('Code', codeIn(await site.nextMessage(email)))
  await tab.press('Continue')
  await choosePassword(tab)
}

const legacy = () => new AuthenticationClient({ domain: site.domain, clientId, retry: { enabled: false } }).database
/** This client wants a secret, which it does not send here. */
const authJs = () => new AuthClient({ domain: site.domain, clientId, clientSecret: 'kept' }).database

interface ResetRequest {
  email: string
  connection: string
}
const byLegacy = async (request: ResetRequest): Promise<string> => (await legacy().changePassword(request)).data
const byAuthJs = (request: ResetRequest): Promise<string> => authJs().changePassword(request)

const clients = [
  ['auth0/legacy', byLegacy],
  ['@auth0/auth0-auth-js', byAuthJs],
] as const

describe.each(clients)('changePassword of %s', (_, changePassword) => {
  test('begins a reset that a person finishes in the browser, and the action is told which client asked', async () => {
    const email = await addUser()
    expect(await changePassword({ email, connection })).toBe("We've just sent you an email to reset your password.")
    const tab = await browser.openTab()
    await finishInBrowser(tab, email)
    const way = tab.page.getByRole('link', { name: 'Continue' })
    expect(await way.getAttribute('href')).toBe('https://shop.example/back?client=Shop')
    expect(browser.takeComplaints()).toEqual([])
    const [user] = await management.users.listUsersByEmail({ email })
    expect(Date.parse(String(user?.last_password_reset))).toBeGreaterThan(Date.now() - 60_000)
  })

  test('answers the same for an address that nobody has', async () => {
    expect(await changePassword({ email: 'nobody@example.com', connection })).toBe(
      "We've just sent you an email to reset your password.",
    )
  })
})

test('both tell why a request was refused', async () => {
  const wrong = { email: 'ada@example.com', connection: 'No-Such-Connection' }
  const refused = byLegacy(wrong)
  await expect(refused).rejects.toBeInstanceOf(AuthApiError)
  await expect(refused).rejects.toMatchObject({ statusCode: 400, error_description: 'The connection does not exist.' })
  await expect(byAuthJs(wrong)).rejects.toMatchObject({ name: 'ChangePasswordError', statusCode: 400 })
  await expect(byAuthJs(wrong)).rejects.toThrow('The connection does not exist.')
})

test('who asks too often is told so by both', async () => {
  const request = { email: await addUser(), connection }
  for (let asked = 0; asked < 10; asked++) await byLegacy(request)
  await expect(byLegacy(request)).rejects.toMatchObject({ statusCode: 429 })
  await expect(byAuthJs(request)).rejects.toMatchObject({ statusCode: 429 })
})
