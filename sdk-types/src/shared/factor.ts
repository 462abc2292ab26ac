/** A kind of proof an action may ask for. `push` and `sms` are the vendor's aliases of `push-notification` and `phone`. */
export type FactorType =
  | 'otp'
  | 'email'
  | 'phone'
  | 'push-notification'
  | 'webauthn-roaming'
  | 'webauthn-platform'
  | 'recovery-code'
  | 'push'
  | 'sms'

/** How the code of a phone challenge is delivered. `both` lets the user choose. */
export type PhoneMethod = 'sms' | 'voice' | 'both'

/**
 * One factor of a challenge. The shape of `event.user.enrolledFactors[]` fits as it is:
 * `event.user.enrolledFactors.map(({ type }) => ({ type }))`.
 */
export type FactorSelector =
  | { type: 'phone'; options?: { preferredMethod?: PhoneMethod } }
  | { type: 'push-notification' | 'push'; options?: { otpFallback?: boolean } }
  | {
      type: 'otp' | 'email' | 'webauthn-roaming' | 'webauthn-platform' | 'recovery-code' | 'sms'
      options?: Record<string, unknown>
    }

/** A factor the user has registered, as `event.user.enrolledFactors` lists it. */
export interface EnrolledFactor {
  type: FactorType
  // biome-ignore lint/suspicious/noExplicitAny: describes the enrolled instance; the vendor's own type says any
  options?: Record<string, any>
}
