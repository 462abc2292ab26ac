/**
 * Finds the reset that belongs to this browser.
 *
 * - without the cookie there is none, whatever else the request carries
 * - one whose account has changed since its link was made is dead: another password, another address
 * - one whose password was set just before a crash is completed
 * - a leg that nobody is running any more has failed: its server or process was lost
 */
import { problem } from '../errors.ts'
import type { Subject } from '../factors/factor.ts'
import type { Input } from '../flow/input.ts'
import { transition } from '../flow/transition.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Clock } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { transactionIdOf } from '../transactions/secret.ts'
import type { Transaction, TransactionStore } from '../transactions/transaction.ts'
import { isUnchanged } from '../users/account-stamp.ts'
import { endEvent } from './journey-log.ts'
import type { LoadSubject } from './subject.ts'

type Deps = {
  transactions: Pick<TransactionStore, 'load' | 'save'>
  loadSubject: LoadSubject
  tenantLog: Pick<TenantLog, 'record'>
  clock: Clock
}

export interface Opened {
  transaction: Transaction
  subject: Subject
}
export type OpenTransaction = (tenant: Tenant, browserSecret: string | undefined) => Promise<Opened>

/** What a leg may take beyond its wall limit before it counts as lost: start of a process, stores, the supervisor's grace. */
const leaseGraceMs = 15_000

const isLost = ({ journey: { state } }: Transaction, tenant: Tenant, now: number): boolean =>
  state.name === 'running' && now > state.since + effectiveLimits(tenant).wallMs + leaseGraceMs

/** What has become of it while nobody looked. */
const overtakenBy = ({ transaction, subject }: Opened, now: number): Input | undefined => {
  const { user, tenant } = subject
  if (user.lastResetBy === transaction.id) return { type: 'password-set' }
  if (!isUnchanged(transaction.account, user)) return { type: 'expired' }
  return isLost(transaction, tenant, now) ? { type: 'leg-lost' } : undefined
}

export const openTransaction =
  ({ transactions, loadSubject, tenantLog, clock }: Deps): OpenTransaction =>
  async (tenant, browserSecret) => {
    if (!browserSecret) throw problem('ERR_TRANSACTION_UNKNOWN')
    const now = clock.now()
    const transaction = await transactions.load(tenant.name, transactionIdOf(browserSecret), now)
    if (!transaction) throw problem('ERR_TRANSACTION_EXPIRED')
    const subject = await loadSubject(tenant, transaction.userId)
    if (!subject) throw problem('ERR_TRANSACTION_EXPIRED')

    const input = overtakenBy({ transaction, subject }, now)
    const overtaken = input && transition(transaction.journey, input)
    if (!overtaken) return { transaction, subject }
    const saved = await transactions.save(tenant.name, { ...transaction, journey: overtaken.journey })
    if (saved !== 'conflict') {
      const end = endEvent({ transaction: saved, subject }, saved.journey.state)
      if (end) tenantLog.record(tenant.name, end)
      return { transaction: saved, subject }
    }
    const current = await transactions.load(tenant.name, transaction.id, now)
    if (!current) throw problem('ERR_TRANSACTION_EXPIRED')
    return { transaction: current, subject }
  }
