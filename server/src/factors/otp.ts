/**
 * A code of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits). One step before and after counts too, for
 * clocks that differ; no step is accepted twice.
 */
import { createGuardrails, verify } from 'otplib'
import type { Clock } from '../ports.ts'
import type { EnrollmentStore } from '../users/enrollment.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Factor } from './factor.ts'
import { isEnabled } from './guardian-name.ts'

export type OtpDeps = {
  clock: Clock
  enrollments: Pick<EnrollmentStore, 'consumeTotpStep'>
}

export const otpLength = 6
const toleranceSeconds = 30

/** Secrets that were imported from elsewhere may be as short as the 80 bits that the first apps used. */
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 })

/** The time step that the code is right for; `undefined` when it is wrong. */
export const otpStepOf = async (
  secret: string,
  typed: string | undefined,
  now: number,
): Promise<number | undefined> => {
  const token = typed?.replaceAll(/\s/g, '') ?? ''
  if (!/^\d{6}$/.test(token)) return undefined
  const epoch = Math.floor(now / 1_000)
  const result = await verify({ secret, token, epoch, epochTolerance: toleranceSeconds, guardrails })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

export const otp = ({ clock, enrollments }: OtpDeps): Factor => ({
  type: 'otp',

  isUsable: (subject) => isEnabled(subject.tenant, 'otp') && enrollmentsOf(subject, 'totp').length > 0,

  begin: async () => ({}),

  verify: async (subject, _begun, answer) => {
    const now = clock.now()
    for (const { id, secret } of enrollmentsOf(subject, 'totp')) {
      const step = await otpStepOf(secret, answer.code, now)
      if (step === undefined) continue
      const written = await enrollments.consumeTotpStep(subject.tenant.name, id, step, now)
      if (written === 'consumed') return 'passed'
    }
    return 'failed'
  },

  view: () => ({ kind: 'code', factor: 'otp', length: otpLength, input: 'numeric', resend: 'none' }),
})
