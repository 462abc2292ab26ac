/** One view of every kind of page, with hostile text wherever a text can come from. */
import type { renderPage } from '../../../server/src/pages/render.ts'

type Shown = Parameters<typeof renderPage>[0]

export const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 'x' }}`

const enrolled = [{ type: 'totp', createdAt: 0 }] as const
const webauthn = { kind: 'webauthn', options: JSON.stringify({ challenge: hostile }) } as const

export const everyView: Record<string, Shown> = {
  request: { page: 'request', connection: hostile, clientId: hostile, organizationId: hostile },
  'request: invalid address': { page: 'request', error: 'invalid-email' },
  'request: too many': { page: 'request', error: 'too-many-requests' },
  'check email': { page: 'check-email', email: hostile },
  'confirm link': { page: 'confirm-link', ticket: hostile, email: hostile },
  'code by mail': {
    page: 'challenge',
    challenge: { kind: 'code', factor: 'email', sentTo: hostile, length: 6, input: 'numeric', resend: 'possible' },
    others: 'possible',
  },
  'code by text message': {
    page: 'challenge',
    challenge: { kind: 'code', factor: 'phone', via: 'sms', sentTo: hostile, input: 'numeric', resend: 'possible' },
    others: 'none',
  },
  'code by call': {
    page: 'challenge',
    challenge: { kind: 'code', factor: 'phone', via: 'voice', sentTo: hostile, input: 'numeric', resend: 'possible' },
    others: 'none',
    error: 'wrong-answer',
  },
  'code of an app': {
    page: 'challenge',
    challenge: { kind: 'code', factor: 'otp', length: 6, input: 'numeric', resend: 'none' },
    others: 'possible',
    error: 'wrong-answer',
  },
  'recovery code': {
    page: 'challenge',
    challenge: { kind: 'code', factor: 'recovery-code', input: 'text', resend: 'none' },
    others: 'none',
  },
  'security key': { page: 'challenge', challenge: { ...webauthn, factor: 'webauthn-roaming' }, others: 'possible' },
  'this device': {
    page: 'challenge',
    challenge: { ...webauthn, factor: 'webauthn-platform' },
    others: 'none',
    error: 'wrong-answer',
  },
  picker: {
    page: 'choose-factor',
    choices: [
      { type: 'webauthn-roaming' },
      { type: 'webauthn-platform' },
      { type: 'otp' },
      { type: 'phone' },
      { type: 'phone', options: { preferredMethod: 'sms' } },
      { type: 'phone', options: { preferredMethod: 'voice' } },
      { type: 'email' },
      { type: 'push-notification' },
      { type: 'recovery-code' },
    ],
  },
  prompt: {
    page: 'prompt',
    id: hostile,
    fields: {
      [hostile]: hostile,
      checked: { label: hostile, type: 'checkbox', value: true, required: true },
      mail: { label: hostile, type: 'email', value: hostile },
      odd: 7,
    },
  },
  'prompt without fields': { page: 'prompt', id: 'empty', fields: {} },
  'new password': { page: 'new-password', email: hostile },
  'new password: too short': { page: 'new-password', email: '', error: 'too-short' },
  'new password: too long': { page: 'new-password', email: '', error: 'too-long' },
  'new password: mismatch': { page: 'new-password', email: '', error: 'mismatch' },
  'new password: the account': { page: 'new-password', email: '', error: 'same-as-account' },
  wait: { page: 'wait' },
  done: { page: 'done' },
  'done with a way on': { page: 'done', resultUrl: `https://acme.example/?x=${hostile}` },
  denied: { page: 'denied', reason: hostile },
  'failed: action': { page: 'failed', because: 'action-failed' },
  'failed: factor': { page: 'failed', because: 'no-usable-factor' },
  'failed: lost': { page: 'failed', because: 'run-lost' },
  'failed: attempts': { page: 'failed', because: 'too-many-attempts' },
  expired: { page: 'expired' },
  'enrolment link': { page: 'enroll-start', ticket: hostile, email: hostile },
  'enrolment choice': {
    page: 'enroll-choose',
    offered: ['webauthn-roaming', 'webauthn-platform', 'totp', 'recovery-code'],
    enrolled: [...enrolled, { type: 'phone', createdAt: 0 }, { type: 'email', createdAt: 0 }],
  },
  'enrolment choice: nothing offered': { page: 'enroll-choose', offered: [], enrolled: [] },
  'enrolling a key': { page: 'enroll-confirm', enroller: { ...webauthn, type: 'webauthn-roaming' } },
  'enrolling this device': {
    page: 'enroll-confirm',
    enroller: { ...webauthn, type: 'webauthn-platform' },
    error: 'not-confirmed',
  },
  'enrolling an app': {
    page: 'enroll-confirm',
    enroller: { kind: 'totp', uri: `otpauth://totp/x?secret=AAAA`, secret: hostile },
    error: 'not-confirmed',
  },
  'enrolling a recovery code': { page: 'enroll-confirm', enroller: { kind: 'recovery-code', code: hostile } },
  'enrolment done': { page: 'enroll-done' },
}
