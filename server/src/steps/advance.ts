/**
 * Moves a journey by one input and does the work the move asks for, until nothing is left to do before the user's next
 * page. Every move is saved by compare-and-set before its work begins, so of two requests that race only one does it.
 *
 * Throws `ERR_TOO_MANY_REQUESTS` when a code was not sent because too many were: the question before it stands.
 */
import type { FactorSelector } from '@interlock/runtime'
import { resetOriginOf } from '../branding/reset-origin.ts'
import { Problem, problem } from '../errors.ts'
import type { FactorRegistry, Subject } from '../factors/factor.ts'
import type { Effect } from '../flow/effect.ts'
import type { Input, InputOf } from '../flow/input.ts'
import { transition } from '../flow/transition.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Clock, Logger } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Transaction, TransactionStore } from '../transactions/transaction.ts'
import type { Arrival } from './arrival.ts'
import { challengeEvent, endEvent } from './journey-log.ts'
import type { RunLeg } from './run-leg.ts'

type Deps = {
  transactions: Pick<TransactionStore, 'load' | 'save'>
  factors: FactorRegistry
  runLeg: RunLeg
  clock: Clock
  logger: Logger
  tenantLog: Pick<TenantLog, 'record'>
}

interface Move {
  subject: Subject
  transaction: Transaction
  input: Input
  arrival: Arrival
}
export type Advance = (move: Move) => Promise<Transaction>

const runLegOrLose = async ({ runLeg, logger }: Deps, leg: Parameters<RunLeg>[0]): Promise<Input> => {
  try {
    return await runLeg(leg)
  } catch (error) {
    logger.error({ tenant: leg.subject.tenant.name, execution: leg.transaction.executionId, error }, 'a leg was lost')
    return { type: 'leg-lost' }
  }
}

const putQuestion = async (
  { factors }: Deps,
  { selector, subject }: { selector: FactorSelector; subject: Subject },
): Promise<InputOf<'challenge-begun' | 'question-refused' | 'factor-lost'>> => {
  const factor = factors.get(selector.type)
  if (!factor?.isUsable(subject)) return { type: 'factor-lost' }
  try {
    return { type: 'challenge-begun', begun: await factor.begin(subject, selector) }
  } catch (error) {
    if (error instanceof Problem && error.code === 'ERR_TOO_MANY_REQUESTS') return { type: 'question-refused' }
    throw error
  }
}

const perform = async (
  deps: Deps,
  effect: Effect,
  { subject, transaction, arrival }: Omit<Move, 'input'>,
): Promise<Input> => {
  switch (effect.type) {
    case 'run-leg':
      return runLegOrLose(deps, { subject, transaction, arrival, position: effect.position })
    case 'begin-challenge':
      return putQuestion(deps, {
        selector: effect.factor,
        subject: { ...subject, origin: resetOriginOf(transaction) },
      })
  }
}

/** After the move was saved: one that lost its race has not happened. */
const tell = ({ tenantLog }: Deps, { subject, transaction, input, arrival }: Move): void => {
  const move = { subject, transaction, facts: arrival.facts }
  const { state } = transaction.journey
  const end = endEvent(move, state)
  if (end) tenantLog.record(subject.tenant.name, end)
  if (input.type !== 'challenge-begun' || state.name !== 'challenging' || state.progress.stage !== 'asking') return
  const { factor, begun } = state.progress
  tenantLog.record(subject.tenant.name, challengeEvent(move, 'begun', { type: factor.type, begun }))
}

export const advance =
  (deps: Deps): Advance =>
  async ({ subject, arrival, ...first }) => {
    const { tenant } = subject
    let { transaction, input } = first
    for (;;) {
      const next = transition(transaction.journey, input)
      if (!next) throw problem('ERR_STEP_NOT_OPEN')
      const now = deps.clock.now()
      const saved = await deps.transactions.save(tenant.name, {
        ...transaction,
        journey: next.journey,
        expiresAt: now + effectiveLimits(tenant).pauseMinutes * 60_000,
      })
      if (saved === 'conflict') {
        const current = await deps.transactions.load(tenant.name, transaction.id, now)
        if (!current) throw problem('ERR_TRANSACTION_EXPIRED')
        return current
      }
      transaction = saved
      tell(deps, { subject, transaction, input, arrival })
      if (input.type === 'question-refused') throw problem('ERR_TOO_MANY_REQUESTS')
      if (!next.effect) return transaction
      input = await perform(deps, next.effect, { subject, transaction, arrival })
    }
  }
