/**
 * Every factor a user can be asked for, strongest first. `push-notification` is missing: nobody can enroll it here, so an
 * action that asks for it gets the next factor of its list.
 */
import { type EmailCodeDeps, emailCode } from './email-code.ts'
import type { Factor, FactorRegistry } from './factor.ts'
import { type OtpDeps, otp } from './otp.ts'
import { type PhoneCodeDeps, phoneCode } from './phone-code.ts'
import { type RecoveryCodeDeps, recoveryCode } from './recovery-code.ts'
import { type WebauthnDeps, webauthn } from './webauthn.ts'

export type FactorDeps = EmailCodeDeps &
  OtpDeps &
  RecoveryCodeDeps &
  WebauthnDeps &
  // Without a way to send texts and calls nobody can be asked for one.
  (PhoneCodeDeps | (Omit<PhoneCodeDeps, 'phone'> & { phone?: undefined }))

export const createFactorRegistry = (deps: FactorDeps): FactorRegistry => {
  const factors: readonly Factor[] = [
    webauthn('webauthn-roaming', deps),
    webauthn('webauthn-platform', deps),
    otp(deps),
    ...(deps.phone ? [phoneCode(deps)] : []),
    emailCode(deps),
    recoveryCode(deps),
  ]
  return { get: (type) => factors.find((factor) => factor.type === type), all: () => factors }
}
