/** The user, or a mail scanner, opens the enrolment link. Nothing is spent: the page's button redeems the ticket. */
import { problem } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { hashTicket, type TicketStore } from '../tickets/ticket.ts'
import { isUnchanged } from '../users/account-stamp.ts'
import { maskEmail } from '../users/mask-email.ts'
import type { EnrollView } from './enroll-view.ts'
import type { LoadSubject } from './subject.ts'

type Deps = { tickets: Pick<TicketStore, 'find'>; loadSubject: LoadSubject; clock: Clock }

export type EnrollOpen = (link: { tenant: Tenant; secret: string }) => Promise<EnrollView>

export const enrollOpen =
  ({ tickets, loadSubject, clock }: Deps): EnrollOpen =>
  async ({ tenant, secret }) => {
    const ticket = await tickets.find(tenant.name, hashTicket(secret), clock.now())
    if (ticket?.purpose !== 'enroll' || ticket.redeemedBy !== undefined) throw problem('ERR_ENROLLMENT_LINK_UNUSABLE')
    const subject = await loadSubject(tenant, ticket.userId)
    if (!subject || !isUnchanged(ticket.account, subject.user)) throw problem('ERR_ENROLLMENT_LINK_UNUSABLE')
    return { page: 'enroll-start', ticket: secret, email: maskEmail(subject.user.email ?? '') }
  }
