/**
 * Finds the reset that belongs to this browser.
 *
 * - without the cookie there is none, whatever else the request carries
 * - one that was begun before the user's password last changed is dead
 * - a leg that nobody is running any more has failed: its server or process was lost
 */
import { problem } from '../errors.ts'
import { isEnd, transition } from '../flow/transition.ts'
import type { Subject } from '../factors/factor.ts'
import type { Clock } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { transactionIdOf } from '../transactions/secret.ts'
import type { Transaction, TransactionStore } from '../transactions/transaction.ts'
import type { LoadSubject } from './subject.ts'

type Deps = { transactions: Pick<TransactionStore, 'load' | 'save'>; loadSubject: LoadSubject; clock: Clock }

export interface Opened {
  transaction: Transaction
  subject: Subject
}
export type OpenTransaction = (tenant: Tenant, browserSecret: string | undefined) => Promise<Opened>

/** What a leg may take beyond its wall limit before it counts as lost: start of a process, stores, the supervisor's grace. */
const leaseGraceMs = 15_000

const isSuperseded = ({ createdAt, journey }: Transaction, { user }: Subject): boolean =>
  !isEnd(journey.state) && user.passwordChangedAt !== undefined && user.passwordChangedAt >= createdAt

const isLost = ({ journey: { state } }: Transaction, tenant: Tenant, now: number): boolean =>
  state.name === 'running' && now > state.since + effectiveLimits(tenant).wallMs + leaseGraceMs

export const openTransaction =
  ({ transactions, loadSubject, clock }: Deps): OpenTransaction =>
  async (tenant, browserSecret) => {
    if (!browserSecret) throw problem('ERR_TRANSACTION_UNKNOWN')
    const now = clock.now()
    const transaction = await transactions.load(tenant.name, transactionIdOf(browserSecret), now)
    if (!transaction) throw problem('ERR_TRANSACTION_EXPIRED')
    const subject = await loadSubject(tenant, transaction.userId)
    if (!subject) throw problem('ERR_TRANSACTION_EXPIRED')

    const input = isSuperseded(transaction, subject) ? 'expired' : isLost(transaction, tenant, now) ? 'leg-lost' : undefined
    const ended = input && transition(transaction.journey, { type: input })
    if (!ended) return { transaction, subject }
    const saved = await transactions.save(tenant.name, { ...transaction, journey: ended.journey })
    if (saved === 'conflict') throw problem('ERR_STEP_NOT_OPEN')
    return { transaction: saved, subject }
  }
