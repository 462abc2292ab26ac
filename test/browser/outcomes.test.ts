import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onBoth, onExecute } from '../support/actions.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { askForReset, choosePassword, openReset, originOf } from '../support/hosted-pages.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant
let browser: TestBrowser
let tab: Tab
let user: TenantUser

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  browser = await launchBrowser()
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

const open = (path: string) => tab.open(originOf(tenant) + path)

test('a denial shows its reason as text', async () => {
  await tenant.bind(onExecute("api.access.deny('<b>Not</b> from <img src=x onerror=alert(1)> here')"))
  await openReset(tab, tenant, user)
  await tab.at('denied')
  expect(await tab.text()).toContain('<b>Not</b> from <img src=x onerror=alert(1)> here')
  await open('/u/reset-password/step')
  await tab.at('denied')
})

test('an unknown address sees the page that a known one sees', async () => {
  const answerTo = async (email: string): Promise<string> => {
    await open('/u/reset-password/request')
    await tab.fill('Email address', email)
    await tab.press('Send the link')
    await tab.at('check-email')
    return (await tab.page.content()).replaceAll(email, 'the address')
  }
  expect(await answerTo('nobody@example.com')).toBe(await answerTo(user.email))
})

test('an address that is none is refused, and the field says why', async () => {
  await open('/u/reset-password/request')
  await tab.fill('Email address', 'ada at example')
  await tab.press('Send the link')
  await tab.page.getByRole('alert').waitFor()
  const field = tab.page.getByRole('textbox', { name: 'Email address', description: /^Enter an email address/ })
  await field.waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
})

test('the form of an action comes back to it', async () => {
  const fields = `{
    pet: 'Name of your first pet',
    number: { label: 'Customer number', type: 'number' },
    terms: { label: 'I agree', type: 'checkbox', required: true },
  }`
  const answers = '[event.prompt.fields.pet, event.prompt.fields.number, event.prompt.fields.terms]'
  await tenant.bind(
    onBoth(`api.prompt.render('details', { fields: ${fields} })`, `api.access.deny(${answers}.join('/'))`),
  )
  await openReset(tab, tenant, user)
  await tab.at('prompt')
  await tab.fill('Name of your first pet', 'Rex & <Bella>')
  await tab.fill('Customer number', '12.5')
  await tab.page.getByRole('checkbox', { name: 'I agree' }).check()
  await tab.press('Continue')
  await tab.at('denied')
  expect(await tab.text()).toContain('Rex & <Bella>/12.5/on')
})

test('a result URL is where the last page leads', async () => {
  await tenant.bind(onExecute("api.transaction.setResultUrl('https://shop.example/back', { query: { ok: 'yes' } })"))
  await openReset(tab, tenant, user)
  await choosePassword(tab)
  const way = tab.page.getByRole('link', { name: 'Continue' })
  expect(await way.getAttribute('href')).toBe('https://shop.example/back?ok=yes')
})

test('a password that is refused can be mended, and shown while it is typed', async () => {
  await tenant.bind()
  await openReset(tab, tenant, user)
  await tab.at('new-password')
  await tab.fill('New password', 'a whole new password')
  await tab.fill('New password again', 'another new password')
  await tab.press('Set password')
  await tab.page.getByRole('alert').filter({ hasText: 'The two passwords differ' }).waitFor()
  await tab.page.getByRole('checkbox', { name: 'Show passwords' }).check()
  expect(await tab.page.getByLabel('New password again').getAttribute('type')).toBe('text')
  await choosePassword(tab)
})

test('a reset needs no mouse', async () => {
  await tenant.bind()
  const { keyboard } = tab.page
  const next = async (name: string): Promise<void> => {
    await keyboard.press('Tab')
    expect(await tab.page.locator(':focus').ariaSnapshot()).toContain(name)
  }
  /** The browser puts the focus into the first field when it paints the page: a busy one has loaded it long before. */
  const typeIntoFirstField = async (text: string): Promise<void> => {
    await tab.page.locator(':focus').waitFor()
    await keyboard.type(text)
  }
  await open('/u/reset-password/request')
  await typeIntoFirstField(user.email)
  await next('Send the link')
  await keyboard.press('Enter')
  await tab.at('check-email')
  await tenant.nextMessage(user.email)

  await askForReset(tab, tenant, user.email)
  await next('Continue')
  await keyboard.press('Enter')
  await tab.at('new-password')
  await typeIntoFirstField('a whole new password')
  await next('New password again')
  await keyboard.type('a whole new password')
  await next('Show passwords')
  await next('Set password')
  await keyboard.press('Enter')
  await tab.at('done')
})

describe('an action that runs away', () => {
  beforeAll(async () => {
    await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { cpuMs: 300, wallMs: 2_000 })
    await tenant.bind(onExecute('while (true) {}'))
  })

  test('ends on a page that says so, and never on the password page', async () => {
    await openReset(tab, tenant, user)
    await tab.at('failed')
    expect(await tab.text()).toContain('Your password was not changed')
    await open('/u/reset-password/step')
    await tab.at('failed')
    await tab.page.getByRole('link', { name: 'Ask for a new link' }).click()
    await tab.at('request')
  })
})

test('a link that another browser has used is a page that says so', async () => {
  await tenant.bind()
  await askForReset(tab, tenant, user.email)
  const link = tab.page.url()
  await tab.press('Continue')
  await tab.at('new-password')
  const other = await browser.openTab()
  await other.open(link)
  await other.at('problem')
  expect(await other.text()).toContain('This link does not work any more')
})
