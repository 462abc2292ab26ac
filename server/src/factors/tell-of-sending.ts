/** What a tenant's log says of a code that was sent, or was not. */
import type { TenantLog } from '../logs/tenant-log.ts'
import type { EnrollmentOf } from '../users/enrollment.ts'
import { userFacts } from '../users/user-facts.ts'
import type { Subject } from './factor.ts'
import { maskPhoneNumber } from './mask-phone-number.ts'

interface Sending {
  via: 'email' | 'sms' | 'voice'
  /** Where it goes to a phone. */
  enrollment?: EnrollmentOf<'phone'>
  sent: Promise<void>
}

const codes = {
  email: { sent: 'gd_send_email', lost: 'fn' },
  sms: { sent: 'gd_send_sms', lost: 'gd_send_sms_failure' },
  voice: { sent: 'gd_send_voice', lost: 'gd_send_voice_failure' },
} as const

/** Rejects as `sent` does. */
export const tellOfSending = async (
  { tenantLog }: { tenantLog: Pick<TenantLog, 'record'> },
  { tenant, user }: Subject,
  { via, enrollment, sent }: Sending,
): Promise<void> => {
  const tell = (moment: 'sent' | 'lost') => {
    const type = codes[via][moment]
    const facts = userFacts(user)
    if (type === 'fn') return tenantLog.record(tenant.name, { ...facts, type, details: { title: 'A code' } })
    const phone = enrollment && { id: enrollment.id, phone_number: maskPhoneNumber(enrollment.phoneNumber) }
    tenantLog.record(tenant.name, { ...facts, type, details: { authenticator: { type: via, ...phone } } })
  }
  try {
    await sent
  } catch (error) {
    tell('lost')
    throw error
  }
  tell('sent')
}
