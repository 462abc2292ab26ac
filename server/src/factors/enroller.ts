/**
 * How a user registers an authenticator on the enrolment page, in the same parts as a factor: `begin` makes what is to be
 * registered, `view` shows it, `confirm` proves that it works and answers the enrollment to store. Phone numbers and mail
 * addresses are enrolled by the management API only.
 */
import type { Clock, Random } from '../ports.ts'
import type { Enrollment, EnrollmentType } from '../users/enrollment.ts'
import type { Answer, Begun, Subject } from './factor.ts'
import type { WebauthnType } from './webauthn-policy.ts'

export const enrollableTypes = [
  'webauthn-roaming',
  'webauthn-platform',
  'totp',
  'recovery-code',
] as const satisfies readonly EnrollmentType[]
export type EnrollableType = (typeof enrollableTypes)[number]

export type EnrollerView =
  /** `options` is the JSON of PublicKeyCredentialCreationOptions. */
  | { kind: 'webauthn'; type: WebauthnType; options: string }
  /** `uri` is the `otpauth:` address for the QR code, `secret` its base32 text for typing. */
  | { kind: 'totp'; uri: string; secret: string }
  | { kind: 'recovery-code'; code: string }

export interface Enroller {
  readonly type: EnrollableType
  /** Enabled for the tenant. */
  isOffered(subject: Subject): boolean
  begin(subject: Subject): Promise<Begun>
  /** Writes nothing: the same answer may be judged twice, but is stored once. */
  confirm(subject: Subject, begun: Begun, answer: Answer): Promise<Enrollment | 'failed'>
  view(begun: Begun): EnrollerView
}

export type EnrollerDeps = { clock: Clock; random: Pick<Random, 'base62' | 'token'> }

/** What every new enrollment starts with. */
export const newEnrollment = <Type extends EnrollableType>(
  { clock, random }: EnrollerDeps,
  { user }: Subject,
  type: Type,
): { id: string; userId: string; createdAt: number; type: Type } => ({
  id: `${type}|dev_${random.base62(16)}`,
  userId: user.id,
  createdAt: clock.now(),
  type,
})
