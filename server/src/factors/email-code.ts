/** A code by mail: to the enrolled address, else to the account's own address once that was verified. */
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Background } from '../ports.ts'
import type { EnrollmentStore } from '../users/enrollment.ts'
import { maskEmail } from '../users/mask-email.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Factor, Subject } from './factor.ts'
import { isEnabled } from './guardian-name.ts'
import { type CodeDeps, type CodeFacts, checkCode, issueCode, shownOf } from './sent-code.ts'
import { tellOfSending } from './tell-of-sending.ts'

export type EmailCodeDeps = CodeDeps & {
  background: Background
  tenantLog: Pick<TenantLog, 'record'>
  sendCodeMail: (facts: CodeFacts) => Promise<void>
  enrollments: Pick<EnrollmentStore, 'touch'>
}

export const codeAddressOf = (subject: Subject): string | undefined =>
  enrollmentsOf(subject, 'email')[0]?.email ?? (subject.user.emailVerified ? subject.user.email : undefined)

export const emailCode = (deps: EmailCodeDeps): Factor => ({
  type: 'email',

  isUsable: (subject) => isEnabled(subject.tenant, 'email') && codeAddressOf(subject) !== undefined,

  begin: async (subject) => {
    const to = codeAddressOf(subject)
    if (to === undefined) throw new Error('The user has no mail address to send a code to.')
    const { code, lifeSeconds, begun } = await issueCode(deps, { subject, factor: 'email' })
    const { tenant, user, origin } = subject
    deps.background.run('send-code-mail', () =>
      tellOfSending(deps, subject, {
        via: 'email',
        sent: deps.sendCodeMail({ tenant, user, to, code, lifeSeconds, ...(origin && { origin }) }),
      }),
    )
    return { ...begun, sentTo: maskEmail(to) }
  },

  verify: async (subject, begun, answer) => {
    const verdict = checkCode(deps, { subject, factor: 'email', begun }, answer.code)
    const enrolled = enrollmentsOf(subject, 'email')[0]
    if (verdict === 'passed' && enrolled) {
      await deps.enrollments.touch(subject.tenant.name, enrolled.id, deps.clock.now())
    }
    return verdict
  },

  view: (_subject, begun) => ({
    kind: 'code',
    factor: 'email',
    sentTo: String(begun.sentTo),
    ...shownOf(begun),
    input: 'numeric',
    resend: 'possible',
  }),
})
