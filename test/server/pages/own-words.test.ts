import { parse } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import type { CustomTexts } from '../../../server/src/custom-texts/custom-text-store.ts'
import { problems } from '../../../server/src/errors.ts'
import { renderPage, renderProblem } from '../../../server/src/pages/render.ts'
import { en } from '../../../server/src/pages/text/en.ts'
import { type Screen, screens } from '../../../server/src/pages/text/screens.ts'
import { aTenant } from '../../support/database.ts'
import { everyView, hostile } from './every-view.ts'

type View = Parameters<typeof renderPage>[0]

const settings = { ...aTenant('acme').settings, friendly_name: 'Acme', support_url: 'https://acme.example/help' }
const tenant = { ...aTenant('acme'), settings }

const page = (view: View, customTexts: CustomTexts, locale = 'de'): string =>
  renderPage(view, { tenant, csrfToken: 'token', locale, customTexts }).html

const problemTexts = [...new Set(Object.values(problems).map(({ text }) => text))]

const problem = (text: (typeof problemTexts)[number], customTexts: CustomTexts): string =>
  renderProblem(text, { tenant, correlationId: 'x', locale: 'de', customTexts })

const code = { kind: 'code', input: 'numeric', length: 6, resend: 'possible' } as const
const codePage = (facts: { factor: 'email' | 'otp' | 'recovery-code' | 'phone'; via?: 'sms' | 'voice' }): View => ({
  page: 'challenge',
  challenge: { ...code, ...(facts.factor !== 'otp' && { sentTo: 'a•••@example.com' }), ...facts },
  others: 'possible',
  error: 'wrong-answer',
})
const keyPage = (factor: 'webauthn-roaming' | 'webauthn-platform'): View => ({
  page: 'challenge',
  challenge: { kind: 'webauthn', factor, options: '{}' },
  others: 'possible',
})

const rareViews: View[] = [
  { page: 'denied', reason: '' },
  { page: 'choose-factor', choices: [{ type: 'push-notification' }] },
  { page: 'enroll-choose', offered: [], enrolled: [] },
]

/** Every page that a screen stands for. */
const pagesOf: Record<Screen, (texts: CustomTexts) => string[]> = {
  'reset-password-request': (texts) => [
    page({ page: 'request', error: 'invalid-email' }, texts),
    page({ page: 'request', error: 'too-many-requests' }, texts),
  ],
  'reset-password-email': (texts) => [page({ page: 'check-email', email: 'ada@example.com' }, texts)],
  'reset-password': (texts) => [page({ page: 'new-password', email: 'ada@example.com' }, texts)],
  'reset-password-success': (texts) => [page({ page: 'done', resultUrl: 'https://acme.example/' }, texts)],
  'reset-password-error': (texts) => [
    page({ page: 'expired' }, texts),
    problem('reset-expired', texts),
    problem('link-unusable', texts),
  ],
  'reset-password-mfa-email-challenge': (texts) => [page(codePage({ factor: 'email' }), texts)],
  'reset-password-mfa-otp-challenge': (texts) => [page(codePage({ factor: 'otp' }), texts)],
  'reset-password-mfa-sms-challenge': (texts) => [page(codePage({ factor: 'phone', via: 'sms' }), texts)],
  'reset-password-mfa-voice-challenge': (texts) => [page(codePage({ factor: 'phone', via: 'voice' }), texts)],
  'reset-password-mfa-recovery-code-challenge': (texts) => [page(codePage({ factor: 'recovery-code' }), texts)],
  'reset-password-mfa-webauthn-roaming-challenge': (texts) => [page(keyPage('webauthn-roaming'), texts)],
  'reset-password-mfa-webauthn-platform-challenge': (texts) => [page(keyPage('webauthn-platform'), texts)],
  'reset-password-mfa-phone-challenge': () => [],
  'reset-password-mfa-push-challenge-push': () => [],
}

const placed = Object.entries(screens).flatMap(([screen, keys]) =>
  Object.keys(keys).map((key) => [screen, key] as const),
)

describe('a tenant’s own text stands where its key belongs, and stays text', () => {
  test.each(placed)('%s: %s', (screen, key) => {
    const pages = pagesOf[screen as Screen]({ [screen]: { [key]: `Eigene Worte ${hostile}` } })
    const showing = pages.filter((html) => parse(html).querySelector('main')?.textContent.includes('Eigene Worte'))
    expect(showing.length).toBeGreaterThan(0)
    for (const html of pages) expect(html).not.toMatch(/<script>|<img|onerror=alert\(1\)>/)
  })

  test.each(Object.keys(pagesOf).filter((screen) => !/phone|push/.test(screen)))('%s: pageTitle', (screen) => {
    for (const html of pagesOf[screen as Screen]({ [screen]: { pageTitle: `Eigenes <b> \${companyName}` } })) {
      expect(html).toMatch(/<title>(Error: )?Eigenes &lt;b&gt; Acme – Acme<\/title>/)
    }
  })

  test.each(Object.keys(en))('%s, by its own id', (id) => {
    const ownId = { 'reset-password': { [id]: 'Eigene Worte' } }
    const shown = [
      ...[...Object.values(everyView), ...rareViews].map((view) => page(view, ownId)),
      ...problemTexts.map((text) => problem(text, ownId)),
    ]
    expect(shown.filter((html) => html.includes('Eigene Worte')).length).toBeGreaterThan(0)
  })
})

describe('variables', () => {
  const said = (emailDescription: string) =>
    page({ page: 'check-email', email: 'ada@example.com' }, { 'reset-password-email': { emailDescription } })

  test('name the tenant and where a link was sent', () => {
    expect(said(`\${companyName}, \${clientName}: \${email}`)).toContain('Acme, Acme: ada@example.com')
  })

  test('that the page does not have stay as they were written', () => {
    expect(said(`Hallo \${userName} {email} \${constructor}`)).toContain(`Hallo \${userName} {email} \${constructor}`)
  })

  test('a value is never read as a variable', () => {
    const html = page(
      { page: 'check-email', email: `\${companyName}` },
      { 'reset-password-email': { emailDescription: `an \${email}` } },
    )
    expect(html).toContain(`an \${companyName}`)
  })

  test('where a code went is told, whether the text says it or not', () => {
    const lead = (description: string) =>
      page(codePage({ factor: 'email' }), { 'reset-password-mfa-email-challenge': { description } })
    expect(lead('Code gesendet an')).toContain('Code gesendet an a•••@example.com')
    expect(lead(`An \${email} gesendet`)).toContain('An a•••@example.com gesendet<')
  })
})

test('a screen’s text stays on its screen, and comes before one that holds everywhere', () => {
  const texts = {
    'reset-password': { 'challenge.continue': 'Überall', 'prompt.lead': 'Bitte' },
    'reset-password-mfa-otp-challenge': { buttonText: 'Nur hier' },
  }
  expect(page(codePage({ factor: 'otp' }), texts)).toContain('>Nur hier</button>')
  expect(page(codePage({ factor: 'email' }), texts)).toContain('>Überall</button>')
  expect(page({ page: 'prompt', id: 'x', fields: { name: 'Name' } }, texts)).toContain('>Bitte</p>')
})

test('an empty text leaves ours, and what is not ours is never asked for', () => {
  const html = page(
    { page: 'request' },
    { 'reset-password-request': { title: '', constructor: 'x', backToLoginLinkText: 'y' } },
  )
  expect(html).toContain(`<h1>${en['request.title']}</h1>`)
})

test('a page says which language it is in, and which way that is written', () => {
  const own = { 'reset-password-request': { title: 'Eigene Worte' } }
  expect(page({ page: 'request' }, own, 'de')).toContain('<html lang="de" dir="ltr">')
  expect(page({ page: 'request' }, own, 'ar-EG')).toContain('<html lang="ar-EG" dir="rtl">')
  expect(page({ page: 'request' }, {}, 'de')).toContain('<html lang="en" dir="ltr">')
})
