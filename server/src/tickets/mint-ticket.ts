/** Makes the link that proves a mailbox. The secret leaves only inside the link; the store keeps its hash. */
import type { Clock, Random } from '../ports.ts'
import { originOf, type Tenant } from '../tenants/tenant.ts'
import { hashTicket, type Ticket, type TicketStore } from './ticket.ts'

type Deps = { tickets: Pick<TicketStore, 'mint'>; random: Pick<Random, 'base62'>; clock: Clock }

export interface TicketRequest extends Pick<Ticket, 'purpose' | 'userId' | 'clientId' | 'resultUrl'> {
  tenant: Tenant
  lifeMs: number
  /** Default: none. */
  uiLocales?: string[]
  /** Default: false. */
  marksEmailVerified?: boolean
  /** Default: false. */
  includesEmailInRedirect?: boolean
}

/** `url` holds the secret: it goes into one mail or one answer, and into no log. */
export type MintTicket = (request: TicketRequest) => Promise<{ secret: string; url: string }>

/** The vendor ends its reset link with `#`, so that the browser drops a fragment left over from the mail program. */
const linkTo = {
  reset: (origin: string, secret: string) => `${origin}/u/reset-password?ticket=${secret}#`,
  enroll: (origin: string, secret: string) => `${origin}/u/enroll?ticket=${secret}`,
} satisfies Record<Ticket['purpose'], (origin: string, secret: string) => string>

export const createMintTicket =
  ({ tickets, random, clock }: Deps): MintTicket =>
  async ({ tenant, lifeMs, ...request }) => {
    const secret = random.base62(32)
    const now = clock.now()
    await tickets.mint(tenant.name, {
      uiLocales: [],
      marksEmailVerified: false,
      includesEmailInRedirect: false,
      ...request,
      hash: hashTicket(secret),
      createdAt: now,
      expiresAt: now + lifeMs,
    })
    return { secret, url: linkTo[request.purpose](originOf(tenant), secret) }
  }
