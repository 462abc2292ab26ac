/** The user presses the button of the link page: from now on the ticket belongs to this browser. */
import type { Random } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { hashTicket } from '../tickets/ticket.ts'
import type { EnrollSession, OpenSession } from './enroll-session.ts'

type Deps = { openSession: OpenSession; random: Pick<Random, 'token'> }

/** `session` is the browser's earlier one, if it has one. */
export type EnrollRedeem = (link: {
  tenant: Tenant
  secret: string
  session: EnrollSession | undefined
}) => Promise<EnrollSession>

export const enrollRedeem =
  ({ openSession, random }: Deps): EnrollRedeem =>
  async ({ tenant, secret, session }) => {
    const ticketHash = hashTicket(secret)
    const own = session?.ticketHash === ticketHash ? session : { ticketHash, browserSecret: random.token(32) }
    await openSession(tenant, own)
    return own
  }
