/** Every page the server can show, with what people and authors really write in it, and with what hardly fits. */

import { problems } from '../../server/src/errors.ts'
import type { ChallengeView } from '../../server/src/factors/factor.ts'
import { renderPage, renderProblem } from '../../server/src/pages/render.ts'
import type { Tenant } from '../../server/src/tenants/tenant.ts'
import { aTenant } from '../support/database.ts'

type View = Parameters<typeof renderPage>[0]
type Samples = { [Name in View['page']]: Record<string, Extract<View, { page: Name }>> }

const email = 'ada.lovelace@example.com'
const ticket = 'a-ticket'
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const longEmail = `${longWord.toLowerCase()}.${longWord.toLowerCase()}@accounts.example.com`
const totpUri = `otpauth://totp/Acme:${email}?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Acme`

const request = { challenge: 'AAAA', rpId: 'localhost', allowCredentials: [], timeout: 300_000 }
const creation = {
  challenge: 'AAAA',
  rp: { id: 'localhost', name: 'Acme' },
  user: { id: 'AAAA', name: email, displayName: email },
  pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key', alg })),
  timeout: 300_000,
}

const code = { kind: 'code', input: 'numeric', length: 6, lifeSeconds: 300 } as const
const challenge = (question: ChallengeView) => ({ page: 'challenge', challenge: question, others: 'possible' }) as const
const mailCode = challenge({ ...code, factor: 'email', sentTo: 'a•••@example.com', resend: 'possible' })
const key = challenge({ kind: 'webauthn', factor: 'webauthn-roaming', options: JSON.stringify(request) })
const newPassword = { page: 'new-password', email } as const
const enrollKey = { kind: 'webauthn', type: 'webauthn-roaming', options: JSON.stringify(creation) } as const
const enrollApp = { kind: 'totp', uri: totpUri, secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' } as const

const resetSamples = {
  request: {
    plain: { page: 'request' },
    'invalid-email': { page: 'request', error: 'invalid-email' },
    'too-many-requests': { page: 'request', error: 'too-many-requests' },
  },
  'check-email': { plain: { page: 'check-email', email }, long: { page: 'check-email', email: longEmail } },
  'confirm-link': {
    plain: { page: 'confirm-link', ticket, email: 'a•••@example.com' },
    long: { page: 'confirm-link', ticket, email: longEmail },
  },
  challenge: {
    email: mailCode,
    'email-wrong': { ...mailCode, error: 'wrong-answer' },
    'email-alone': { ...mailCode, others: 'none' },
    'phone-sms': challenge({ ...code, factor: 'phone', via: 'sms', sentTo: '•••• 0123', resend: 'possible' }),
    'phone-voice': challenge({ ...code, factor: 'phone', via: 'voice', sentTo: '•••• 0123', resend: 'possible' }),
    otp: challenge({ ...code, factor: 'otp', resend: 'none' }),
    'recovery-code': challenge({ kind: 'code', factor: 'recovery-code', input: 'text', resend: 'none' }),
    'webauthn-roaming': key,
    'webauthn-roaming-wrong': { ...key, error: 'wrong-answer' },
    'webauthn-platform': challenge({
      kind: 'webauthn',
      factor: 'webauthn-platform',
      options: JSON.stringify(request),
    }),
  },
  'choose-factor': {
    all: {
      page: 'choose-factor',
      choices: [
        { type: 'webauthn-roaming' },
        { type: 'webauthn-platform' },
        { type: 'otp' },
        { type: 'phone', options: { preferredMethod: 'sms' } },
        { type: 'phone', options: { preferredMethod: 'voice' } },
        { type: 'email' },
        { type: 'recovery-code' },
      ],
    },
    two: { page: 'choose-factor', choices: [{ type: 'otp' }, { type: 'phone' }] },
  },
  prompt: {
    plain: {
      page: 'prompt',
      id: 'details',
      fields: {
        pet: 'Name of your first pet',
        mail: { label: 'Other address', type: 'email', required: true },
        number: { label: 'Customer number', type: 'number', value: 1234 },
        terms: { label: 'I have read the terms', type: 'checkbox', required: true },
      },
    },
    long: {
      page: 'prompt',
      id: 'long',
      fields: { word: longWord, box: { label: `${longWord} ${longWord}`, type: 'checkbox' } },
    },
    'without-fields': { page: 'prompt', id: 'empty', fields: {} },
  },
  'new-password': {
    plain: newPassword,
    'too-short': { ...newPassword, error: 'too-short' },
    'too-long': { ...newPassword, error: 'too-long' },
    mismatch: { ...newPassword, error: 'mismatch' },
    'same-as-account': { ...newPassword, error: 'same-as-account' },
    'long-email': { ...newPassword, email: longEmail },
    'without-email': { ...newPassword, email: '' },
  },
  wait: { plain: { page: 'wait' } },
  done: { plain: { page: 'done' }, 'with-result-url': { page: 'done', resultUrl: 'https://shop.example/back' } },
  denied: {
    plain: { page: 'denied', reason: 'Your address is not verified. Please write to support@acme.example.' },
    long: { page: 'denied', reason: `${longWord}\nhttps://acme.example/${longWord}?${longWord}\n\nA third paragraph.` },
    empty: { page: 'denied', reason: '' },
  },
  failed: {
    'action-failed': { page: 'failed', because: 'action-failed' },
    'no-usable-factor': { page: 'failed', because: 'no-usable-factor' },
    'run-lost': { page: 'failed', because: 'run-lost' },
    'too-many-attempts': { page: 'failed', because: 'too-many-attempts' },
  },
  expired: { plain: { page: 'expired' } },
} satisfies Omit<Samples, `enroll-${string}`>

const enrollSamples = {
  'enroll-start': { plain: { page: 'enroll-start', ticket, email: 'a•••@example.com' } },
  'enroll-choose': {
    first: {
      page: 'enroll-choose',
      offered: ['webauthn-roaming', 'webauthn-platform', 'totp', 'recovery-code'],
      enrolled: [],
    },
    more: {
      page: 'enroll-choose',
      offered: ['webauthn-roaming', 'totp'],
      enrolled: [
        { type: 'webauthn-roaming', createdAt: 1_767_225_600_000 },
        { type: 'phone', createdAt: 1_768_225_600_000 },
      ],
    },
    'nothing-offered': { page: 'enroll-choose', offered: [], enrolled: [] },
  },
  'enroll-confirm': {
    'webauthn-roaming': { page: 'enroll-confirm', enroller: enrollKey },
    'webauthn-roaming-failed': { page: 'enroll-confirm', enroller: enrollKey, error: 'not-confirmed' },
    'webauthn-platform': { page: 'enroll-confirm', enroller: { ...enrollKey, type: 'webauthn-platform' } },
    totp: { page: 'enroll-confirm', enroller: enrollApp },
    'totp-wrong': { page: 'enroll-confirm', enroller: enrollApp, error: 'not-confirmed' },
    'recovery-code': {
      page: 'enroll-confirm',
      enroller: { kind: 'recovery-code', code: 'A7KQ-92MD-X4PT-8CVN-3HJW-6RFB' },
    },
  },
  'enroll-done': { plain: { page: 'enroll-done' } },
} satisfies Pick<Samples, Extract<View['page'], `enroll-${string}`>>

const samples: Samples = { ...resetSamples, ...enrollSamples }

export const sampleTenant = {
  ...aTenant('acme'),
  settings: { ...aTenant('acme').settings, friendly_name: 'Acme', support_url: 'https://acme.example/help' },
}
const longTenant = { ...sampleTenant, settings: { ...sampleTenant.settings, friendly_name: longWord } }

type Words = Pick<Parameters<typeof renderPage>[1], 'locale' | 'customTexts' | 'organization'>

const contextOf = (tenant: Tenant, words: Words = { locale: 'en' }) => ({
  tenant,
  csrfToken: 'the-csrf-token',
  ...words,
})

/** The page that waits asks again every second, for that is all it is for: here it holds still. */
const still = (html: string): string => html.replace(/<meta http-equiv="refresh"[^>]*>/, '')

/** Every view as a tenant's users see it, by the name of its page and its kind. */
export const viewsOf = (tenant: Tenant, words?: Words): [string, string][] =>
  Object.entries(samples).flatMap(([page, kinds]) =>
    Object.entries(kinds).map(([kind, view]): [string, string] => [
      `${page}-${kind}`,
      still(renderPage(view as View, contextOf(tenant, words)).html),
    ]),
  )

const problemPages = [...new Set(Object.values(problems).map(({ text }) => text))].map((text): [string, string] => [
  `problem-${text}`,
  renderProblem(text, {
    tenant: text === 'tenant-unknown' ? null : sampleTenant,
    correlationId: '3b0b0a5e-6b7f-4a0e-9a0b-2f6a4c1d8e90',
    locale: 'en',
  }),
])

const longNames = (['request', 'prompt', 'new-password'] as const).map((page): [string, string] => [
  `${page}-long-tenant-name`,
  renderPage(Object.values(samples[page])[0] as View, contextOf(longTenant)).html,
])

/** HTML by a name that can stand in an address. */
export const everyPage: ReadonlyMap<string, string> = new Map([...viewsOf(sampleTenant), ...longNames, ...problemPages])
