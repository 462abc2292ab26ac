import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logoOf, toSource } from '../../../server/src/branding/brand-address.ts'
import { brandStyleOf } from '../../../server/src/branding/brand-style.ts'
import { contentSecurityPolicy } from '../../../server/src/http/plugins/headers.ts'
import { composeResetMail } from '../../../server/src/mail/reset-mail.ts'
import { renderPage } from '../../../server/src/pages/render.ts'
import type { Branding } from '../../../server/src/tenants/branding.ts'
import type { Tenant } from '../../../server/src/tenants/tenant.ts'
import { aTenant } from '../../support/database.ts'

const tenantWith = (branding: Branding, settings: Partial<Tenant['settings']> = {}): Tenant => ({
  ...aTenant('acme'),
  settings: { ...aTenant('acme').settings, ...settings },
  branding,
})

const pageOf = (tenant: Tenant): string =>
  renderPage({ page: 'request' }, { tenant, csrfToken: 'token', locale: 'en' }).html

test('a tenant that chose nothing has no style sheet, and the policy of all', () => {
  const tenant = tenantWith({})
  expect(brandStyleOf(tenant)).toBeUndefined()
  expect(pageOf(tenant)).not.toContain('/u/brand/')
  expect(contentSecurityPolicy(tenant)).toBe(contentSecurityPolicy(undefined))
})

test('the address of the style sheet changes with what it says', () => {
  const styles = ['#000', '#fff'].map((primary) => brandStyleOf(tenantWith({ colors: { primary } })))
  expect(styles[0]?.version).not.toBe(styles[1]?.version)
})

test('the policy names the logo, the icon and the font, and nothing more', () => {
  const tenant = tenantWith({
    logo_url: 'https://cdn.acme.example:8443/a/logo.png?size=150',
    favicon_url: 'https://acme.example/favicon.ico',
    font: { url: 'https://fonts.acme.example/f.woff2' },
  })
  expect(contentSecurityPolicy(tenant).split(';')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: https://cdn.acme.example:8443/a/logo.png https://acme.example/favicon.ico",
    'font-src https://fonts.acme.example/f.woff2',
    "connect-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self' https: http:",
  ])
})

test('a logo is that of the branding, else the picture of the tenant, and only by https', () => {
  const picture_url = 'https://acme.example/picture.png'
  expect(logoOf(tenantWith({ logo_url: 'https://acme.example/logo.png' }, { picture_url }))).toContain('logo.png')
  expect(logoOf(tenantWith({}, { picture_url }))).toBe(picture_url)
  for (const logo_url of ['http://acme.example/l.png', 'javascript:alert(1)', 'https://a:b@acme.example/', 'x']) {
    expect(logoOf(tenantWith({ logo_url }))).toBeUndefined()
  }
})

test.each([
  'https://*/logo.png',
  'https://*.acme.example/logo.png',
  'https://%2a/logo.png',
  'https://＊.acme.example/logo.png',
  'https://a;sandbox/logo.png',
  'https://a,b.example/logo.png',
  "https://'self'/logo.png",
  'https://[::1]/logo.png',
  'https://a_b.example/logo.png',
  'https://acme.example./logo.png',
])('%s loosens the policy by nothing', (address) => {
  const tenant = tenantWith(
    { logo_url: address, favicon_url: address, font: { url: address } },
    { picture_url: address },
  )
  expect(contentSecurityPolicy(tenant)).toBe(contentSecurityPolicy(undefined))
  expect(pageOf(tenant)).not.toContain('<img')
})

/** What a record could hold that no schema of ours has seen. */
const hostile = [
  '#000;}*{display:none}',
  'red',
  '#00',
  'url(https://evil.example)',
  '</style><script>alert(1)</script>',
  "https://evil.example/a.png; script-src 'unsafe-inline' *",
  'https://evil.example/a.png,https://evil.example',
  'https://evil.example/"><script>alert(1)</script>',
  'https://*/a.png',
  'https://a;script-src/a.png',
  'https://evil.example/a.png\r\nset-cookie: a=b',
  'https://evil.example/");}*{background:url("https://evil.example/',
  "https://evil.example/?a=');}*{color:red}('",
  '',
]

describe('what a tenant wrote stays a value', () => {
  const anyText = fc.oneof(fc.constantFrom(...hostile), fc.string(), fc.webUrl())
  const anyBranding = fc.record({
    colors: fc.record({
      primary: anyText,
      page_background: fc.oneof(
        anyText,
        fc.record({
          type: fc.constant('linear-gradient' as const),
          start: anyText,
          end: anyText,
          angle_deg: fc.double(),
        }),
      ),
    }),
    logo_url: anyText,
    favicon_url: anyText,
    font: fc.record({ url: anyText }),
  })
  const forms = {
    'in the policy': (tenant: Tenant) => {
      const directives = contentSecurityPolicy(tenant).split(';')
      expect(directives.map((directive) => directive.split(' ')[0])).toEqual(
        expect.arrayContaining(['default-src', 'script-src', 'style-src', 'img-src']),
      )
      expect(directives.length).toBeLessThanOrEqual(9)
      expect(directives).toContain("script-src 'self'")
      expect(contentSecurityPolicy(tenant)).toMatch(/^[\x21-\x7e ]+$/)
      for (const source of contentSecurityPolicy(tenant).match(/https:\/\/[^ ;]*/g) ?? []) {
        expect(source).toMatch(/^https:\/\/[a-z\d.-]+(:\d+)?\/[^*]*/)
      }
    },
    'in the style sheet': (tenant: Tenant) => {
      const css = brandStyleOf(tenant)?.css ?? ''
      const rest = css
        .replaceAll(
          /--[a-z-]+: (?:#[\da-f]{6}|transparent|linear-gradient\(-?[\d.e+-]+deg, #[\da-f]{6}, #[\da-f]{6}\)|"brand");/g,
          '',
        )
        .replace(/src: url\("https:\/\/[^"\\\s()<>']*"\);/, '')
      expect(rest.replaceAll(/\s+/g, ' ')).toMatch(
        /^(:root \{ \} @media \(prefers-color-scheme: dark\) \{ :root \{ \} \} )?(@font-face \{ font-family: "brand"; font-display: swap; \} :root \{ \} )?$/,
      )
    },
    'on the page and in the mail': (tenant: Tenant) => {
      for (const html of [
        pageOf(tenant),
        composeResetMail(tenant, 'a@b.example', { url: 'https://x/', lifeSeconds: 300 }).html,
      ]) {
        expect(html).not.toMatch(/<script>|javascript:|<\/style>/)
        expect(html.match(/<(script|style|iframe|object)\b/g)).toBeNull()
      }
    },
  }
  test.each(Object.entries(forms))('%s', (_name, check) => {
    fc.assert(
      fc.property(anyBranding, (branding) => check(tenantWith(branding as Branding))),
      { numRuns: 300 },
    )
  })

  test('a source of the policy ends where the address does', () => {
    expect(toSource("https://a.example/x;script-src 'unsafe-inline',y?q=;*")).toBe(
      "https://a.example/x%3Bscript-src%20'unsafe-inline'%2Cy",
    )
  })
})
