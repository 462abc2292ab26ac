import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { choosePassword, openReset, requestLink, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'
import type { Page } from '../support/visitor.ts'

let server: RunningServer
let tenant: TestTenant

const requestPath = '/u/reset-password/request'
const titles = {
  'reset-password-request': { title: 'Passwort vergessen?' },
  'reset-password-email': { title: 'Schau in dein Postfach' },
  'reset-password': { title: 'Neues Passwort', 'confirm-link.title': 'Fast da' },
  'reset-password-error': { eventTitleGeneric: 'Dieser Link gilt nicht mehr' },
}

const headingOf = ({ document }: Page): string | undefined => document.querySelector('h1')?.textContent

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await tenant.api.must('PATCH', '/api/v2/tenants/settings', {
    enabled_locales: ['en', 'de', 'fr-CA'],
    default_redirection_uri: 'https://acme.example/login',
  })
  await tenant.api.must('PUT', '/api/v2/prompts/reset-password/custom-text/de', titles)
})
afterAll(() => server.stop())

test('a browser that asks for German is answered in German, one that does not in the first language', async () => {
  const inGerman = await tenant.visitor().get(requestPath, { 'accept-language': 'de-AT,de;q=0.9,en;q=0.8' })
  expect(headingOf(inGerman)).toBe('Passwort vergessen?')
  expect(inGerman.document.querySelector('html')?.getAttribute('lang')).toBe('de')
  expect(headingOf(await tenant.visitor().get(requestPath, { 'accept-language': 'it' }))).toBe('Reset your password')
})

test('a language that is not enabled is not spoken, and another tenant has no words of this one', async () => {
  const other = await createTenant(server)
  expect(headingOf(await other.visitor().get(requestPath, { 'accept-language': 'de' }))).toBe('Reset your password')
  await other.api.must('PUT', '/api/v2/prompts/reset-password/custom-text/de', titles)
  expect(headingOf(await other.visitor().get(requestPath, { 'accept-language': 'de' }))).toBe('Reset your password')
})

test('a link that does not work says so in the same words', async () => {
  const refused = await tenant.visitor().get('/u/reset-password?ticket=spent', { 'accept-language': 'de' })
  expect(refused.status).toBe(410)
  expect(headingOf(refused)).toBe('Dieser Link gilt nicht mehr')
})

test('ui_locales hold for the whole journey, in the browser that opens the link too, and actions read them', async () => {
  const user = await tenant.addUser()
  await tenant.bind(
    onExecute('api.access.deny(JSON.stringify({ ...event.transaction, language: event.request.language }))'),
  )
  const visitor = tenant.visitor()
  expect(headingOf(await visitor.get(`${requestPath}?ui_locales=tlh%20de`))).toBe('Passwort vergessen?')
  const asked = await visitor.submit(requestPath, { email: user.email })
  expect(headingOf(asked)).toBe('Schau in dein Postfach')

  const message = await tenant.nextMessage(user.email)
  const [link = ''] = /\/u\/reset-password\?\S+/.exec(message.text) ?? []
  const elsewhere = tenant.visitor()
  expect(headingOf(await elsewhere.get(link, { 'accept-language': 'fr' }))).toBe('Fast da')
  const denied = await elsewhere.submit('/u/reset-password', {}, { 'accept-language': 'fr' })
  const reason = denied.document.querySelector('.reason')?.textContent ?? ''
  expect(JSON.parse(reason)).toEqual({ locale: 'de', ui_locales: ['tlh', 'de'], language: 'fr' })
  await tenant.bind()
})

test('without ui_locales actions read the language of the browser, as the pages speak it', async () => {
  const user = await tenant.addUser()
  await tenant.bind(onExecute('api.access.deny(event.transaction.locale)'))
  const link = await requestLink(tenant, user.email)
  const visitor = tenant.visitor()
  await visitor.get(link)
  const denied = await visitor.submit('/u/reset-password', {}, { 'accept-language': 'fr-FR, de;q=0.5' })
  expect(denied.document.querySelector('.reason')?.textContent).toBe('fr-CA')
  await tenant.bind()
})

test('after a reset that names nothing else the user goes on to the default address', async () => {
  const user = await tenant.addUser()
  const { visitor } = await openReset(tenant, user)
  const done = await choosePassword(visitor)
  expect(stepOf(done)).toBe('done')
  expect(done.document.querySelector('a.primary')?.getAttribute('href')).toBe('https://acme.example/login')
})

test('the application’s login comes before it', async () => {
  const login = 'https://shop.example/login'
  await tenant.api.must('PATCH', `/api/v2/clients/${tenant.clientId}`, { initiate_login_uri: login })
  const { visitor } = await openReset(tenant, await tenant.addUser())
  const done = await choosePassword(visitor)
  expect(done.document.querySelector('a.primary')?.getAttribute('href')).toBe(login)
  await tenant.api.must('PATCH', `/api/v2/clients/${tenant.clientId}`, { initiate_login_uri: '' })
})

test('an action’s address comes before it', async () => {
  const user = await tenant.addUser()
  await tenant.bind(onExecute("api.transaction.setResultUrl('https://shop.example/')"))
  const { visitor } = await openReset(tenant, user)
  const done = await choosePassword(visitor)
  expect(done.document.querySelector('a.primary')?.getAttribute('href')).toBe('https://shop.example/')
  await tenant.bind()
})

test('mails and pages have the tenant’s colours, logo, name and help, and another tenant’s have not', async () => {
  const [own, other] = [await createTenant(server), await createTenant(server)]
  await own.api.must('PATCH', '/api/v2/branding', { colors: { primary: '#ffe600', page_background: '#0b3d4e' } })
  await own.api.must('PATCH', '/api/v2/tenants/settings', {
    friendly_name: 'Acme & Sons',
    picture_url: 'https://cdn.acme.example/picture.png',
    support_email: 'help@acme.example',
    support_url: 'https://acme.example/help',
  })
  const looks = async (of: TestTenant) => {
    const user = await of.addUser()
    await requestLink(of, user.email)
    const mails = await of.operator.must<{ to: string; html: string }[]>('GET', '/dev/outbox.json')
    const page = await of.visitor().get(requestPath)
    return { mail: mails.find(({ to }) => to === user.email)?.html ?? '', page: page.html }
  }
  const { mail, page } = await looks(own)
  for (const html of [mail, page]) {
    expect(html).toContain('src="https://cdn.acme.example/picture.png" alt="Acme &amp; Sons"')
  }
  expect(mail).toContain('background:#ffe600;color:#000000')
  expect(mail).toContain('background:#0b3d4e')
  expect(mail).toContain('help@acme.example')
  expect(page).toContain('href="https://acme.example/help"')
  for (const html of Object.values(await looks(other))) expect(html).not.toMatch(/acme|ffe600|0b3d4e/i)
})

test('a hostile ui_locales sets nothing but a list of tags', async () => {
  const visitor = tenant.visitor()
  const page = await visitor.get(`${requestPath}?ui_locales=${encodeURIComponent('de; Path=/x\r\nSet-Cookie: a=b fr')}`)
  expect(page.status).toBe(200)
  expect([...visitor.cookies.keys()]).not.toContain('a')
  expect(decodeURIComponent(visitor.cookies.get('interlock_ui_locales') ?? '')).toBe('fr')
})
