/**
 * A code by text message or call. The selector's `preferredMethod` decides which, else the enrollment's own; `both` leaves
 * it to the enrollment. A way that the tenant has switched off gives place to the other.
 */
import type { FactorSelector } from '@interlock/runtime'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Background, PhoneMessage, PhoneSender } from '../ports.ts'
import { guardianSettings } from '../tenants/guardian-settings.ts'
import type { EnrollmentOf, EnrollmentStore } from '../users/enrollment.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Factor, Subject } from './factor.ts'
import { isEnabled } from './guardian-name.ts'
import { maskPhoneNumber } from './mask-phone-number.ts'
import { type CodeDeps, type CodeFacts, checkCode, issueCode, shownOf } from './sent-code.ts'
import { tellOfSending } from './tell-of-sending.ts'

export type CodeMessageFacts = CodeFacts & Pick<PhoneMessage, 'via'>

export type PhoneCodeDeps = CodeDeps & {
  phone: PhoneSender
  background: Background
  tenantLog: Pick<TenantLog, 'record'>
  composeCodeMessage: (facts: CodeMessageFacts) => Promise<PhoneMessage>
  enrollments: Pick<EnrollmentStore, 'touch'>
}

type Destination = { enrollment: EnrollmentOf<'phone'>; via: PhoneMessage['via'] }

/** The number that prefers the method asked for, else the first one. */
const destinationOf = (subject: Subject, { options }: FactorSelector): Destination | undefined => {
  const phones = enrollmentsOf(subject, 'phone')
  const asked = options?.preferredMethod
  const enrollment = phones.find(({ preferredMethod }) => preferredMethod === asked) ?? phones[0]
  const { messageTypes } = guardianSettings(subject.tenant)
  const wished = asked === 'sms' || asked === 'voice' ? asked : enrollment?.preferredMethod
  const via = messageTypes.find((type) => type === wished) ?? messageTypes[0]
  return enrollment && via && { enrollment, via }
}

export const phoneCode = (deps: PhoneCodeDeps): Factor => ({
  type: 'phone',

  isUsable: (subject) => isEnabled(subject.tenant, 'phone') && destinationOf(subject, { type: 'phone' }) !== undefined,

  begin: async (subject, selector) => {
    const destination = destinationOf(subject, selector)
    if (!destination) throw new Error('The user has no phone number to send a code to.')
    const { enrollment, via } = destination
    const to = enrollment.phoneNumber
    const { code, lifeSeconds, begun } = await issueCode(deps, { subject, factor: 'phone' })
    const { tenant, user } = subject
    const send = async () => {
      const message = await deps.composeCodeMessage({ tenant, user, to, code, lifeSeconds, via })
      await deps.phone.send(tenant.name, message)
    }
    deps.background.run('send-code-message', () => tellOfSending(deps, subject, { via, enrollment, sent: send() }))
    return { ...begun, via, sentTo: maskPhoneNumber(to), enrollmentId: enrollment.id }
  },

  verify: async (subject, begun, answer) => {
    // A number that was taken away meanwhile proves nothing any more.
    if (!enrollmentsOf(subject, 'phone').some(({ id }) => id === begun.enrollmentId)) return 'failed'
    const verdict = checkCode(deps, { subject, factor: 'phone', begun }, answer.code)
    if (verdict === 'passed') {
      await deps.enrollments.touch(subject.tenant.name, String(begun.enrollmentId), deps.clock.now())
    }
    return verdict
  },

  view: (_subject, begun) => ({
    kind: 'code',
    factor: 'phone',
    via: begun.via === 'voice' ? 'voice' : 'sms',
    sentTo: String(begun.sentTo),
    ...shownOf(begun),
    input: 'numeric',
    resend: 'possible',
  }),
})
