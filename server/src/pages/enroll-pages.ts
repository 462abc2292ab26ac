/** Every page of the enrolment, by the name of its view. */
import type { EnrollerView } from '../factors/enroller.ts'
import type { EnrollView } from '../steps/enroll-view.ts'
import type { PageRow } from './page.ts'
import { qrCodeOf } from './qr-code.ts'

type Pages = { [Name in EnrollView['page']]: (view: Extract<EnrollView, { page: Name }>) => PageRow }
type Confirmations = { [Kind in EnrollerView['kind']]: (view: Extract<EnrollerView, { kind: Kind }>) => PageRow }

/** The texts call the enrolled app by its factor's name. */
const nameOf = (type: string): string => (type === 'totp' ? 'factor.otp' : `factor.${type}`)

const confirmations: Confirmations = {
  webauthn: ({ type, options }) => ({
    template: 'enroll-webauthn',
    title: `enroll-confirm.${type}.title`,
    facts: { options, lead: `enroll-confirm.${type}.lead`, use: `enroll-confirm.${type}.use` },
  }),
  totp: ({ uri, secret }) => ({
    template: 'enroll-totp',
    title: 'enroll-confirm.totp.title',
    facts: { qrCode: qrCodeOf(uri), secret: secret.match(/.{1,4}/g)?.join(' ') ?? '' },
  }),
  'recovery-code': ({ code }) => ({
    template: 'enroll-recovery-code',
    title: 'enroll-confirm.recovery-code.title',
    facts: { code },
  }),
}

const refusals = {
  webauthn: 'enroll-confirm.webauthn.error.not-confirmed',
  totp: 'enroll-confirm.totp.error.not-confirmed',
  // Nothing is typed on this page: only a broken session fails here.
  'recovery-code': 'problem.invalid-request',
} as const satisfies Record<EnrollerView['kind'], string>

const confirmation = (view: EnrollerView): PageRow =>
  (confirmations[view.kind] as (view: EnrollerView) => PageRow)(view)

export const enrollPages: Pages = {
  'enroll-start': ({ ticket, email }) => ({
    template: 'enroll-start',
    title: 'enroll-start.title',
    facts: { ticket, email },
  }),
  'enroll-choose': ({ offered, enrolled }) => ({
    template: 'enroll-choose',
    title: 'enroll-choose.title',
    facts: {
      offered: offered.map((type) => ({ type, name: nameOf(type) })),
      enrolled: enrolled.map(({ type, createdAt }) => ({
        name: nameOf(type),
        date: new Date(createdAt).toISOString().slice(0, 10),
      })),
    },
  }),
  'enroll-confirm': ({ enroller, error }) => ({
    ...confirmation(enroller),
    ...(error && { status: 422, error: { id: refusals[enroller.kind] } }),
  }),
  'enroll-done': () => ({ template: 'enroll-done', title: 'enroll-done.title' }),
}
