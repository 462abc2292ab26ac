/**
 * The user presses the link page's button.
 *
 * - the ticket is redeemed at most once, inside the store, before anything else happens; the same browser may repeat it,
 *   so that a crash in between loses nothing
 * - a browser whose secret has meanwhile begun another reset, in another tab, spends nothing: it needs a fresh secret
 * - the versions that will run are fixed now
 */

import type { ActionCatalogue, PinnedAction } from '../actions/catalogue.ts'
import { triggerId } from '../actions/trigger.ts'
import type { ClientStore, ListedClient } from '../clients/client.ts'
import { type ConnectionStore, isEnabledFor } from '../connections/connection.ts'
import { problem } from '../errors.ts'
import type { ExecutionStore } from '../executions/execution.ts'
import { mintExecutionId } from '../executions/execution-id.ts'
import type { Clock, Random } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { hashTicket, type Ticket, type TicketStore } from '../tickets/ticket.ts'
import { transactionIdOf } from '../transactions/secret.ts'
import type { Transaction, TransactionStore } from '../transactions/transaction.ts'
import { isUnchanged } from '../users/account-stamp.ts'
import type { Advance } from './advance.ts'
import type { RequestFacts } from './request-facts.ts'
import type { LoadSubject } from './subject.ts'

type Deps = {
  tickets: Pick<TicketStore, 'find' | 'redeem'>
  transactions: Pick<TransactionStore, 'create' | 'load'>
  clients: Pick<ClientStore, 'list'>
  connections: Pick<ConnectionStore, 'findByName'>
  catalogue: Pick<ActionCatalogue, 'pin'>
  executions: Pick<ExecutionStore, 'create'>
  loadSubject: LoadSubject
  advance: Advance
  random: Random
  clock: Clock
}

interface Redemption {
  tenant: Tenant
  secret: string
  browserSecret: string | undefined
  facts: RequestFacts
}
export type RedeemTicket = (redemption: Redemption) => Promise<'begun' | 'browser-taken'>

const beginExecution = async (
  { executions, random }: Deps,
  tenant: string,
  { userId, now }: { userId: string; now: number },
): Promise<string> => {
  const id = mintExecutionId(random, now)
  await executions.create(tenant, {
    id,
    trigger: triggerId,
    userId,
    status: 'pending',
    results: [],
    createdAt: now,
    updatedAt: now,
  })
  return id
}

/** Users know no program. */
const isOrdinary = ({ appType }: ListedClient): boolean => appType !== 'non_interactive'

/** The application the link was made for, else the tenant's first ordinary one that the user's connection is enabled for. */
const clientIdFor = async (
  { clients, connections }: Deps,
  tenant: string,
  { ticket, connection: name }: { ticket: Ticket; connection: string },
): Promise<string> => {
  if (ticket.clientId !== undefined) return ticket.clientId
  const [all, connection] = await Promise.all([clients.list(tenant), connections.findByName(tenant, name)])
  const fits = (client: ListedClient) =>
    isOrdinary(client) && (!connection || isEnabledFor(connection, client.clientId))
  return all.find(fits)?.clientId ?? ''
}

interface Beginning {
  id: string
  ticket: Ticket
  connection: string
  pinned: PinnedAction[]
  clientId: string
  executionId: string | undefined
  now: number
  expiresAt: number
}

const toTransaction = ({ ticket, executionId, now, ...beginning }: Beginning): Transaction => ({
  ...beginning,
  purpose: 'password-reset',
  userId: ticket.userId,
  account: ticket.account,
  uiLocales: ticket.uiLocales,
  ticketHash: ticket.hash,
  includesEmailInRedirect: ticket.includesEmailInRedirect,
  marksEmailVerified: ticket.marksEmailVerified,
  ...(ticket.organizationId === undefined ? {} : { organizationId: ticket.organizationId }),
  ...(executionId === undefined ? {} : { executionId }),
  journey: {
    state: { name: 'confirming' },
    passed: [],
    ...(ticket.resultUrl === undefined ? {} : { resultUrl: ticket.resultUrl }),
  },
  revision: 0,
  createdAt: now,
})

export const redeemTicket =
  (deps: Deps): RedeemTicket =>
  async ({ tenant, secret, browserSecret, facts }) => {
    if (!browserSecret) throw problem('ERR_COOKIE_MISSING')
    const now = deps.clock.now()
    const id = transactionIdOf(browserSecret)
    const own = await deps.transactions.load(tenant.name, id, now)
    if (own && own.ticketHash !== hashTicket(secret)) return 'browser-taken'
    if (own && own.journey.state.name !== 'confirming') return 'begun'
    const hash = hashTicket(secret)
    // A link for something else is refused without being spent.
    if ((await deps.tickets.find(tenant.name, hash, now))?.purpose !== 'reset') throw problem('ERR_LINK_UNUSABLE')
    const ticket = await deps.tickets.redeem(tenant.name, hash, id, now)
    if (!ticket) throw problem('ERR_LINK_UNUSABLE')
    const subject = await deps.loadSubject(tenant, ticket.userId)
    if (!subject || !isUnchanged(ticket.account, subject.user)) throw problem('ERR_LINK_UNUSABLE')

    const pinned = await deps.catalogue.pin(tenant.name, triggerId)
    const beginning = {
      id,
      ticket,
      connection: subject.user.connection,
      pinned,
      clientId: await clientIdFor(deps, tenant.name, { ticket, connection: subject.user.connection }),
      executionId:
        pinned.length > 0 ? await beginExecution(deps, tenant.name, { userId: ticket.userId, now }) : undefined,
      now,
      expiresAt: now + effectiveLimits(tenant).pauseMinutes * 60_000,
    }
    const transaction = await deps.transactions.create(tenant.name, toTransaction(beginning))
    if (transaction.ticketHash !== ticket.hash) throw problem('ERR_LINK_UNUSABLE')
    if (transaction.journey.state.name === 'confirming') {
      await deps.advance({ subject, transaction, input: { type: 'ticket-redeemed', now }, arrival: { facts } })
    }
    return 'begun'
  }
