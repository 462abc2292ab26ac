/**
 * The user comes back from the outside page to `/continue`.
 *
 * - an unknown, spent or foreign `state`, or another browser: nothing runs and nothing is spent
 * - a form posted from another site carries no cookie: its body is kept with the transaction, and the browser is sent to
 *   the same address by GET, which does
 */
import { problem } from '../errors.ts'
import { transition } from '../flow/transition.ts'
import type { Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { stateMatches, transactionIdIn } from '../transactions/secret.ts'
import type { TransactionStore } from '../transactions/transaction.ts'
import type { Advance } from './advance.ts'
import type { OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'

type KeepDeps = { transactions: Pick<TransactionStore, 'load' | 'save'>; clock: Clock }

interface PostedReturn {
  tenant: Tenant
  state: string
  body: Record<string, unknown>
}
export type KeepPostedReturn = (posted: PostedReturn) => Promise<void>

export const keepPostedReturn =
  ({ transactions, clock }: KeepDeps): KeepPostedReturn =>
  async ({ tenant, state, body }) => {
    const id = transactionIdIn(state)
    const transaction = id ? await transactions.load(tenant.name, id, clock.now()) : undefined
    if (transaction?.journey.state.name !== 'redirecting') throw problem('ERR_STATE_UNKNOWN')
    if (!stateMatches(state, transaction.journey.state.stateHash)) throw problem('ERR_STATE_UNKNOWN')
    const next = transition(transaction.journey, { type: 'return-posted', body })
    if (!next) throw problem('ERR_STATE_UNKNOWN')
    // A conflict: the same `state` has come back twice at once, and the other one is kept. Both browsers go on by GET.
    await transactions.save(tenant.name, { ...transaction, journey: next.journey })
  }

type Deps = { openTransaction: OpenTransaction; advance: Advance; clock: Clock }

interface Return {
  tenant: Tenant
  browserSecret: string | undefined
  state: string
  facts: RequestFacts
}
export type ContinueRedirect = (back: Return) => Promise<void>

export const continueRedirect =
  ({ openTransaction, advance, clock }: Deps): ContinueRedirect =>
  async ({ tenant, browserSecret, state, facts }) => {
    if (!browserSecret) throw problem('ERR_STATE_UNKNOWN')
    const { transaction, subject } = await openTransaction(tenant, browserSecret)
    const waiting = transaction.journey.state
    if (waiting.name !== 'redirecting' || !stateMatches(state, waiting.stateHash)) throw problem('ERR_STATE_UNKNOWN')
    const arrived: RequestFacts = waiting.posted ? { ...facts, method: 'POST', body: waiting.posted } : facts
    await advance({
      subject,
      transaction,
      input: { type: 'returned', now: clock.now() },
      arrival: { facts: arrived, redirectState: state },
    })
  }
