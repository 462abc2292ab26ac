/**
 * The code the user wrote down when enrolling. It works once: the store deletes it by its hash. The user has none after
 * that until a new one is made, on the enrolment page or through the management API.
 */
import type { EnrollmentStore } from '../users/enrollment.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Factor } from './factor.ts'
import { isEnabled } from './guardian-name.ts'
import { hashRecoveryCode } from './recovery-secret.ts'

export type RecoveryCodeDeps = { enrollments: Pick<EnrollmentStore, 'consumeRecoveryCode'> }

export const recoveryCode = ({ enrollments }: RecoveryCodeDeps): Factor => ({
  type: 'recovery-code',

  isUsable: (subject) =>
    isEnabled(subject.tenant, 'recovery-code') && enrollmentsOf(subject, 'recovery-code').length > 0,

  begin: async () => ({}),

  verify: async ({ tenant, user }, _begun, answer) => {
    const hash = hashRecoveryCode(answer.code ?? '')
    return (await enrollments.consumeRecoveryCode(tenant.name, user.id, hash)) === 'consumed' ? 'passed' : 'failed'
  },

  view: () => ({ kind: 'code', factor: 'recovery-code', input: 'text', resend: 'none' }),
})
