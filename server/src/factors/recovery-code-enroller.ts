/** Makes a recovery code. It is shown until the user says that it is written down; only then does it work. */
import { z } from 'zod'
import type { Enroller, EnrollerDeps } from './enroller.ts'
import { newEnrollment } from './enroller.ts'
import { isEnabled } from './guardian-name.ts'
import { formatRecoveryCode, hashRecoveryCode, mintRecoveryCode } from './recovery-secret.ts'

const begunCode = z.object({ code: z.string().min(1) })

export const recoveryCodeEnroller = (deps: EnrollerDeps): Enroller => ({
  type: 'recovery-code',

  isOffered: (subject) => isEnabled(subject.tenant, 'recovery-code'),

  begin: async () => ({ code: mintRecoveryCode(deps.random) }),

  confirm: async (subject, begun) => {
    const made = begunCode.safeParse(begun)
    if (!made.success) return 'failed'
    return { ...newEnrollment(deps, subject, 'recovery-code'), codeHash: hashRecoveryCode(made.data.code) }
  },

  view: (begun) => ({ kind: 'recovery-code', code: formatRecoveryCode(begunCode.parse(begun).code) }),
})
