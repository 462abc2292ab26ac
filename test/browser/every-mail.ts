/** Every mail, and the outbox that shows them in development. */
import { composeCodeMail } from '../../server/src/mail/code-mail.ts'
import { composeEnrollmentMail } from '../../server/src/mail/enrollment-mail.ts'
import { composeFactorAddedMail } from '../../server/src/mail/factor-added-mail.ts'
import type { OutboxMessage } from '../../server/src/mail/outbox.ts'
import { composePasswordChangedMail } from '../../server/src/mail/password-changed-mail.ts'
import { composeResetMail } from '../../server/src/mail/reset-mail.ts'
import { renderOutbox } from '../../server/src/pages/outbox-page.ts'
import type { Mail } from '../../server/src/ports.ts'
import type { Tenant } from '../../server/src/tenants/tenant.ts'
import { sampleTenant } from './every-page.ts'

const to = 'ada.lovelace@example.com'
const ticket = 'hJ4nV0cQx7m2Zk9sT1bYw8eLr5uPdFgA.o3iXq6NvC2yKaW0tRz4mHs7BfJ9pUeDl1GxQk8VnTcM'
const link = { url: `https://login.acme.example/u/reset-password?ticket=${ticket}`, lifeSeconds: 3_600 }
const tenant = { ...sampleTenant, settings: { ...sampleTenant.settings, support_email: 'support@acme.example' } }

export const mailsOf = (tenant: Tenant): Record<string, Mail> => ({
  reset: composeResetMail(tenant, to, link),
  enrollment: composeEnrollmentMail(tenant, to, link),
  code: composeCodeMail({ tenant, to, code: '481926', lifeSeconds: 300 }),
  'password-changed': composePasswordChangedMail(tenant, to),
  'factor-added': composeFactorAddedMail(tenant, to),
})

const mails = mailsOf(tenant)

const stamp = (id: number) => ({ id, tenant: 'acme', at: '2026-01-05T09:30:00.000Z' })

const messages: OutboxMessage[] = [
  ...Object.values(mails).map((mail, index) => ({ ...stamp(index), kind: 'mail' as const, ...mail })),
  { ...stamp(98), kind: 'phone', via: 'sms', to: '+15550100123', text: 'Your Acme code is 481926' },
  {
    ...stamp(99),
    kind: 'phone',
    via: 'voice',
    to: '+15550100123',
    text: 'Your Acme code is 4 8 1 9 2 6',
  },
]

/** HTML by name. */
export const everyMail: ReadonlyMap<string, string> = new Map(
  Object.entries(mails).map(([name, { html }]) => [`mail-${name}`, html]),
)

export const outboxPages: ReadonlyMap<string, string> = new Map([
  ['outbox-empty', renderOutbox([])],
  ['outbox', renderOutbox(messages)],
])
