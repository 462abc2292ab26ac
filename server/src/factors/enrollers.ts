/** Every authenticator a user can register on the enrolment page, in the order they are offered. */
import type { Enroller, EnrollerDeps } from './enroller.ts'
import { recoveryCodeEnroller } from './recovery-code-enroller.ts'
import { totpEnroller } from './totp-enroller.ts'
import { webauthnEnroller } from './webauthn-enroller.ts'

export const createEnrollers = (deps: EnrollerDeps): readonly Enroller[] => [
  webauthnEnroller('webauthn-roaming', deps),
  webauthnEnroller('webauthn-platform', deps),
  totpEnroller(deps),
  recoveryCodeEnroller(deps),
]
