import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
let stranger: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  stranger = await app.createTenant()
})
afterAll(() => app.close())

const settings = '/tenants/settings'
const texts = '/prompts/reset-password/custom-text/de'

describe('tenant settings', () => {
  test('a new tenant has the vendor’s form of no settings', async () => {
    expect((await stranger.call('GET', settings)).body).toEqual({
      allowed_logout_urls: [],
      enabled_locales: ['en'],
      flags: {},
    })
  })

  test('what was set stays until it is changed or taken away, and no other tenant has it', async () => {
    const own = await app.createTenant()
    const set = {
      friendly_name: 'Acme',
      picture_url: 'https://cdn.acme.example/picture.png',
      support_email: 'help@acme.example',
      support_url: 'https://acme.example/help',
      enabled_locales: ['de', 'en'],
      default_redirection_uri: 'https://acme.example/login',
      session_lifetime: 168,
      flags: { revoke_refresh_token_grant: false, enable_sso: true },
      error_page: { html: '<p>Sorry</p>', show_log_link: false, url: '' },
      session_cookie: { mode: 'non-persistent' },
    }
    expect(await own.call('PATCH', settings, { body: set })).toMatchObject({ status: 200, body: set })
    const body = { support_url: '', picture_url: null, flags: { enable_sso: null }, session_lifetime: null }
    const { support_url, picture_url, session_lifetime, ...left } = set
    const expected = { allowed_logout_urls: [], ...left, flags: { revoke_refresh_token_grant: false } }
    expect((await own.call('PATCH', settings, { body })).body).toEqual(expected)
    expect((await own.call('GET', settings)).body).toEqual(expected)
    expect((await own.call('GET', `${settings}?fields=friendly_name`)).body).toEqual({ friendly_name: 'Acme' })
    expect((await stranger.call('GET', settings)).body).not.toHaveProperty('friendly_name')
  })

  test('what the operator decides is neither shown nor changed', async () => {
    const [path] = [`/tenants/${tenant.name}`]
    await app.operator('PATCH', path, { body: { reset_mfa: 'actions-only', egress_hosts: ['api.example.com'] } })
    const shown = await tenant.call('PATCH', settings, { body: { friendly_name: 'Shop' } })
    expect(Object.keys(shown.body)).not.toContain('reset_mfa')
    expect((await app.operator('GET', path)).body).toMatchObject({
      friendly_name: 'Shop',
      reset_mfa: 'actions-only',
      egress_hosts: ['api.example.com'],
    })
    expect((await tenant.call('PATCH', settings, { body: { reset_mfa: 'if-enrolled' } })).status).toBe(400)
  })

  test('sessions told in minutes are kept in hours', async () => {
    const body = { session_lifetime_in_minutes: 90, idle_session_lifetime_in_minutes: 60 }
    expect((await tenant.call('PATCH', settings, { body })).body).toMatchObject({
      session_lifetime: 1.5,
      idle_session_lifetime: 1,
    })
    const both = await tenant.call('PATCH', settings, { body: { ...body, session_lifetime: 2 } })
    expect(both).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(both.body.message).toContain('on property session_lifetime_in_minutes')
  })

  test('the colours of the older form are those of the branding', async () => {
    const colors = { primary: '#0059d6', page_background: '#000000' }
    await tenant.call('PATCH', settings, { body: { universal_login: { colors } } })
    expect((await tenant.call('GET', '/branding')).body).toMatchObject({ colors })
    await tenant.call('PATCH', '/branding', { body: { colors: { page_background: null } } })
    expect((await tenant.call('GET', settings)).body.universal_login).toEqual({ colors: { primary: '#0059d6' } })
  })

  test.each([
    [{ tenant_name: 'x' }, 'Additional properties not allowed: tenant_name'],
    [{ enabled_locales: ['tlh'] }, 'on property enabled_locales[0]'],
    [{ enabled_locales: [] }, 'on property enabled_locales'],
    [{ default_redirection_uri: 'http://acme.example/' }, 'on property default_redirection_uri'],
    [{ default_redirection_uri: 'javascript:alert(1)' }, 'on property default_redirection_uri'],
    [{ picture_url: 'https://ada:secret@acme.example/a.png' }, 'user name or password'],
    [{ support_email: 'nobody' }, 'on property support_email'],
    [{ support_url: 'javascript:alert(1)' }, 'on property support_url'],
    [{ friendly_name: 7 }, 'on property friendly_name'],
    [{ flags: { enable_sso: 'yes' } }, 'on property flags.enable_sso'],
    [{ flags: { 'a b': true } }, 'on property flags'],
    [{ change_password: { enabled: true, html: '<script>' } }, 'on property change_password.enabled'],
    [{ guardian_mfa_page: { enabled: true } }, 'on property guardian_mfa_page.enabled'],
    [{ sessions: { note: 'x'.repeat(70_000) } }, 'on property sessions'],
  ])('%j is refused', async (body, message) => {
    const answer = await tenant.call('PATCH', settings, { body })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(answer.body.message).toContain(message)
  })

  test('a refused change changes nothing of the rest', async () => {
    const body = { friendly_name: 'Half', session_lifetime: 1, session_lifetime_in_minutes: 60 }
    expect((await tenant.call('PATCH', settings, { body })).status).toBe(400)
    expect((await tenant.call('GET', settings)).body.friendly_name).not.toBe('Half')
  })

  test('of two changes at once both count', async () => {
    const own = await app.createTenant()
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    await Promise.all([
      ...names.map((name) => own.call('PATCH', settings, { body: { flags: { [`flag_${name}`]: true } } })),
      own.call('PATCH', '/branding', { body: { colors: { primary: '#123456' } } }),
      own.call('PATCH', '/branding', { body: { logo_url: 'https://acme.example/logo.png' } }),
    ])
    expect(Object.keys((await own.call('GET', settings)).body.flags)).toHaveLength(names.length)
    expect((await own.call('GET', '/branding')).body).toEqual({
      colors: { primary: '#123456' },
      logo_url: 'https://acme.example/logo.png',
    })
  })
})

describe('branding', () => {
  test('what was set stays until it is changed or taken away, and no other tenant has it', async () => {
    const own = await app.createTenant()
    expect((await own.call('GET', '/branding')).body).toEqual({})
    const gradient = { type: 'linear-gradient', start: '#fff', end: '#A0A0A0', angle_deg: 35 }
    const set = {
      colors: { primary: '#0059d6', page_background: gradient },
      favicon_url: 'https://acme.example/favicon.ico',
      logo_url: 'https://acme.example/logo.png?size=150',
      font: { url: 'https://acme.example/font.woff2' },
    }
    expect(await own.call('PATCH', '/branding', { body: set })).toMatchObject({ status: 200, body: set })
    const body = { colors: { page_background: '#000000' }, favicon_url: '', font: null }
    const { favicon_url, font, ...left } = set
    const expected = { ...left, colors: { primary: '#0059d6', page_background: '#000000' } }
    expect((await own.call('PATCH', '/branding', { body })).body).toEqual(expected)
    expect((await own.call('GET', '/branding')).body).toEqual(expected)
    expect((await own.call('PATCH', '/branding', { body: { colors: null } })).body).toEqual({ logo_url: set.logo_url })
    expect((await stranger.call('GET', '/branding')).body).toEqual({})
  })

  test.each([
    [{ colors: { primary: 'red' } }, 'on property colors.primary'],
    [{ colors: { primary: '#12345' } }, 'format html-color'],
    [{ colors: { primary: '#000;}body{display:none' } }, 'on property colors.primary'],
    [{ colors: { primary: '#000\n' } }, 'on property colors.primary'],
    [{ colors: { page_background: { type: 'url', start: '#000', end: '#000' } } }, 'oneOf'],
    [{ colors: { secondary: '#000' } }, 'Additional properties not allowed: secondary'],
    [{ logo_url: 'http://acme.example/logo.png' }, 'on property logo_url'],
    [{ logo_url: 'data:image/png;base64,AAAA' }, 'absolute-https-uri-or-empty'],
    [{ logo_url: 'https://acme.example/a b.png' }, 'on property logo_url'],
    [{ logo_url: 'https://*.acme.example/logo.png' }, 'letters, digits, hyphens and dots only'],
    [{ favicon_url: '//acme.example/favicon.ico' }, 'on property favicon_url'],
    [{ font: { url: 'https://a;b.example/font.woff2' } }, 'letters, digits, hyphens and dots only'],
    [{ font: { url: 'javascript:alert(1)' } }, 'on property font.url'],
    [{ logo: 'https://acme.example/logo.png' }, 'Additional properties not allowed: logo'],
  ])('%j is refused', async (body, message) => {
    const answer = await tenant.call('PATCH', '/branding', { body })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(answer.body.message).toContain(message)
  })
})

describe('prompts', () => {
  test('settings of login pages are kept and given back', async () => {
    expect((await stranger.call('GET', '/prompts')).body).toEqual({ universal_login_experience: 'new' })
    const body = { identifier_first: true, universal_login_experience: 'classic' }
    expect(await tenant.call('PATCH', '/prompts', { body })).toMatchObject({ status: 200, body })
    expect((await tenant.call('GET', '/prompts')).body).toEqual(body)
    expect((await tenant.call('PATCH', '/prompts', { body: { identifier_first: null } })).body).toEqual({
      universal_login_experience: 'classic',
    })
    expect((await tenant.call('PATCH', '/prompts', { body: { colour: 1 } })).status).toBe(400)
  })

  test('texts replace what was there for their prompt and language, and only that', async () => {
    const own = await app.createTenant()
    expect((await own.call('GET', texts)).body).toEqual({})
    const first = { 'reset-password-request': { title: 'Passwort vergessen?', logoAltText: 'Acme' } }
    expect(await own.call('PUT', texts, { body: first })).toMatchObject({ status: 200, body: first })
    const second = { 'reset-password': { 'prompt.lead': 'Noch ein Schritt', pageTitle: '<b>' } }
    await own.call('PUT', texts, { body: second })
    expect((await own.call('GET', texts)).body).toEqual(second)
    for (const path of [texts.replace('/de', '/en'), texts.replace('reset-password', 'login')]) {
      expect((await own.call('GET', path)).body).toEqual({})
    }
    expect((await stranger.call('GET', texts)).body).toEqual({})
    await own.call('PUT', texts, { body: {} })
    expect((await own.call('GET', texts)).body).toEqual({})
  })

  test('texts of prompts that are not on our pages are kept and given back', async () => {
    const path = '/prompts/login-id/custom-text/fr'
    const body = { 'login-id': { title: 'Bonjour', 'var-note': 'x' } }
    expect((await tenant.call('PUT', path, { body })).status).toBe(200)
    expect((await tenant.call('GET', path)).body).toEqual(body)
  })

  test.each([
    [{ 'reset-passwort': { title: 'x' } }, 'Additional properties not allowed: reset-passwort'],
    [{ 'reset-password': { 'prompt.laed': 'x' } }, 'Additional properties not allowed: prompt.laed'],
    [{ 'reset-password-error': { 'prompt.lead': 'x' } }, 'on property reset-password-error'],
    [{ 'reset-password': { title: 7 } }, 'on property reset-password.title'],
    [{ 'reset-password': 'x' }, 'on property reset-password'],
    [{ 'reset-password': { 'a b': 'x' } }, 'on property reset-password'],
    [{ 'reset-password': { title: 'x'.repeat(5_000) } }, 'String is too long'],
  ])('the texts %j are refused', async (body, message) => {
    const answer = await tenant.call('PUT', texts, { body })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(answer.body.message).toContain(message)
  })

  test('there are no pieces of HTML for any prompt, and no screens that scripts render', async () => {
    expect((await tenant.call('GET', '/prompts/login-id/partials')).body).toEqual({})
    expect((await tenant.call('GET', '/prompts/rendering')).body).toEqual([])
    expect((await tenant.call('GET', '/prompts/rendering?include_totals=true&screen=login')).body).toEqual({
      start: 0,
      limit: 50,
      length: 0,
      total: 0,
      configs: [],
    })
  })

  test.each(['/prompts/no-such/custom-text/en', '/prompts/login/custom-text/tlh'])('%s has no texts', async (path) => {
    expect(await tenant.call('GET', path)).toMatchObject({ status: 400, body: { errorCode: 'invalid_uri' } })
  })
})

test.each([
  ['GET', settings, 'read:tenant_settings'],
  ['PATCH', settings, 'update:tenant_settings'],
  ['GET', '/branding', 'read:branding'],
  ['PATCH', '/branding', 'update:branding'],
  ['GET', '/prompts', 'read:prompts'],
  ['PATCH', '/prompts', 'update:prompts'],
  ['GET', texts, 'read:prompts'],
  ['PUT', texts, 'update:prompts'],
  ['GET', '/prompts/login/partials', 'read:prompts'],
  ['GET', '/prompts/rendering', 'read:prompts'],
])('%s %s needs %s', async (method, path, scope) => {
  const body = method === 'GET' ? {} : { body: {} }
  expect(await tenant.callAs(await tenant.tokenFor('read:users'))(method, path, body)).toMatchObject({
    status: 403,
    body: { errorCode: 'insufficient_scope', message: `Insufficient scope, expected any of: ${scope}` },
  })
  expect((await tenant.callAs(await tenant.tokenFor(scope))(method, path, body)).status).toBe(200)
})
