/** Makes a single-use link. The secret exists in the link only. */
import type { Clock, Random } from '../ports.ts'
import { originOf, type Tenant } from '../tenants/tenant.ts'
import { type AccountStamp, stampOf } from '../users/account-stamp.ts'
import type { EnrollmentType } from '../users/enrollment.ts'
import { hashTicket, type Ticket, type TicketStore } from './ticket.ts'

type Deps = { tickets: Pick<TicketStore, 'mint'>; random: Random; clock: Clock }

export interface TicketOrder {
  tenant: Tenant
  purpose: Ticket['purpose']
  user: AccountStamp & { id: string }
  lifeMs: number
  clientId?: string
  organizationId?: string
  resultUrl?: string
  enrolls?: EnrollmentType
  uiLocales?: string[]
  marksEmailVerified?: true
  includesEmailInRedirect?: true
}
export type MintTicket = (order: TicketOrder) => Promise<{ id: string; url: string }>

const paths = { reset: '/u/reset-password', enroll: '/u/enroll' } as const satisfies Record<Ticket['purpose'], string>

/** The user's earlier link of the same purpose dies with it. `id` is the stored hash, safe to show to an administrator. */
export const mintTicket =
  ({ tickets, random, clock }: Deps): MintTicket =>
  async ({ tenant, purpose, user, lifeMs, ...optional }) => {
    const secret = random.base62(32)
    const now = clock.now()
    const {
      clientId,
      organizationId,
      resultUrl,
      enrolls,
      uiLocales = [],
      marksEmailVerified = false,
      includesEmailInRedirect = false,
    } = optional
    const hash = hashTicket(secret)
    await tickets.mint(tenant.name, {
      hash,
      purpose,
      userId: user.id,
      account: stampOf(user),
      ...(clientId === undefined ? {} : { clientId }),
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(resultUrl === undefined ? {} : { resultUrl }),
      ...(enrolls === undefined ? {} : { enrolls }),
      uiLocales,
      marksEmailVerified,
      includesEmailInRedirect,
      createdAt: now,
      expiresAt: now + lifeMs,
    })
    return { id: hash, url: `${originOf(tenant)}${paths[purpose]}?ticket=${secret}` }
  }
