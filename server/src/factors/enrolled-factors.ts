/** What `event.user.enrolledFactors` lists: one entry per factor type, in the words that `challengeWith` takes. */
import type { FactorSelector, FactorType } from '@interlock/runtime'
import type { EnrollmentType } from '../users/enrollment.ts'
import { codeAddressOf } from './email-code.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Subject } from './factor.ts'

export type EnrolledFactor = Pick<FactorSelector, 'type' | 'options'>

/** A passkey is no factor, as with the vendor: it is what a user signs in with. */
const factorOf: Record<EnrollmentType, FactorType | undefined> = {
  totp: 'otp',
  phone: 'phone',
  email: 'email',
  'webauthn-roaming': 'webauthn-roaming',
  'webauthn-platform': 'webauthn-platform',
  'recovery-code': 'recovery-code',
  passkey: undefined,
}

const optionsOf = (subject: Subject, type: FactorType): Pick<EnrolledFactor, 'options'> => {
  const phone = type === 'phone' ? enrollmentsOf(subject, 'phone')[0] : undefined
  return phone ? { options: { preferredMethod: phone.preferredMethod } } : {}
}

export const enrolledFactors = (subject: Subject): EnrolledFactor[] => {
  const types = new Set(subject.enrollments.map(({ type }) => factorOf[type]).filter((type) => type !== undefined))
  if (codeAddressOf(subject) !== undefined) types.add('email')
  return [...types].map((type) => ({ type, ...optionsOf(subject, type) }))
}
