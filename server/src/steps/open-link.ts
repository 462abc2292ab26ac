/**
 * The user, or a mail scanner, opens the link. Nothing is spent: the page's button redeems the ticket.
 *
 * - unknown, spent, expired and superseded links look the same, and so do those of an account that has changed since
 * - the browser that has redeemed this link already goes on where it was; where a crash came before the first step, the
 *   button is there to be pressed again
 */
import { resetOriginOf } from '../branding/reset-origin.ts'
import { problem } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { hashTicket, type TicketStore } from '../tickets/ticket.ts'
import { transactionIdOf } from '../transactions/secret.ts'
import type { TransactionStore } from '../transactions/transaction.ts'
import { isUnchanged } from '../users/account-stamp.ts'
import { maskEmail } from '../users/mask-email.ts'
import type { LoadSubject } from './subject.ts'
import type { Shown } from './view.ts'

type Deps = {
  tickets: Pick<TicketStore, 'find'>
  transactions: Pick<TransactionStore, 'load'>
  loadSubject: LoadSubject
  clock: Clock
}

export interface OpenedLink extends Shown {
  /** `fresh`: the browser needs a new secret, because it has none or its own is taken by another reset. */
  browser: 'fresh' | 'keep'
  /** What the page that asked for the link was asked for. */
  uiLocales: string[]
}
export type OpenLink = (link: {
  tenant: Tenant
  secret: string
  browserSecret: string | undefined
}) => Promise<OpenedLink>

export const openLink =
  ({ tickets, transactions, loadSubject, clock }: Deps): OpenLink =>
  async ({ tenant, secret, browserSecret }) => {
    const now = clock.now()
    const ticket = await tickets.find(tenant.name, hashTicket(secret), now)
    const own = browserSecret && (await transactions.load(tenant.name, transactionIdOf(browserSecret), now))
    const isBegun = own && own.ticketHash === hashTicket(secret)
    if (isBegun && own.journey.state.name !== 'confirming') {
      const view = { page: 'redirect', url: '/u/reset-password/step' } as const
      return { view, origin: resetOriginOf(own), browser: 'keep', uiLocales: own.uiLocales }
    }
    if (ticket?.purpose !== 'reset') throw problem('ERR_LINK_UNUSABLE')
    if (ticket.redeemedBy !== undefined && (!browserSecret || ticket.redeemedBy !== transactionIdOf(browserSecret))) {
      throw problem('ERR_LINK_UNUSABLE')
    }
    const subject = await loadSubject(tenant, ticket.userId)
    if (!subject || !isUnchanged(ticket.account, subject.user)) throw problem('ERR_LINK_UNUSABLE')
    return {
      view: { page: 'confirm-link', ticket: secret, email: maskEmail(subject.user.email ?? '') },
      origin: resetOriginOf(ticket),
      browser: browserSecret && (!own || isBegun) ? 'keep' : 'fresh',
      uiLocales: ticket.uiLocales,
    }
  }
