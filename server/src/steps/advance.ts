/**
 * Moves a journey by one input and does the work the move asks for, until nothing is left to do before the user's next
 * page. Every move is saved by compare-and-set before its work begins, so of two requests that race only one does it.
 */
import { problem } from '../errors.ts'
import type { FactorRegistry, Subject } from '../factors/factor.ts'
import type { Effect } from '../flow/effect.ts'
import type { Input } from '../flow/input.ts'
import { transition } from '../flow/transition.ts'
import type { Clock, Logger, Random } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import { composeState, hashState } from '../transactions/secret.ts'
import type { Transaction, TransactionStore } from '../transactions/transaction.ts'
import type { Arrival } from './arrival.ts'
import type { RunLeg } from './run-leg.ts'

type Deps = {
  transactions: Pick<TransactionStore, 'load' | 'save'>
  factors: FactorRegistry
  runLeg: RunLeg
  random: Random
  clock: Clock
  logger: Logger
}

interface Move {
  subject: Subject
  transaction: Transaction
  input: Input
  arrival: Arrival
}
export interface Moved {
  transaction: Transaction
  /** Where the browser is to be sent, with a fresh `state`. */
  leaveFor?: string
}
export type Advance = (move: Move) => Promise<Moved>

interface Performed {
  input: Input
  leaveFor?: string
}

const runLegOrLose = async ({ runLeg, logger }: Deps, leg: Parameters<RunLeg>[0]): Promise<Input> => {
  try {
    return await runLeg(leg)
  } catch (error) {
    logger.error({ tenant: leg.subject.tenant.name, execution: leg.transaction.executionId, error }, 'a leg was lost')
    return { type: 'leg-lost' }
  }
}

const mintState = ({ random }: Deps, { id, journey }: Transaction): Performed => {
  if (journey.state.name !== 'redirecting') throw problem('ERR_STEP_NOT_OPEN')
  const state = composeState(random.token(16), id)
  const url = new URL(journey.state.url)
  url.searchParams.set('state', state)
  return { input: { type: 'state-minted', stateHash: hashState(state) }, leaveFor: url.href }
}

const perform = async (deps: Deps, effect: Effect, { subject, transaction, arrival }: Omit<Move, 'input'>): Promise<Performed> => {
  switch (effect.type) {
    case 'run-leg':
      return { input: await runLegOrLose(deps, { subject, transaction, arrival, position: effect.position }) }
    case 'begin-challenge': {
      const factor = deps.factors.get(effect.factor.type)
      if (!factor) throw problem('ERR_INTERNAL')
      return { input: { type: 'challenge-begun', begun: await factor.begin(subject, effect.factor) } }
    }
    case 'mint-state':
      return mintState(deps, transaction)
  }
}

export const advance =
  (deps: Deps): Advance =>
  async ({ subject, arrival, ...first }) => {
    const { tenant } = subject
    let { transaction, input } = first
    let leaveFor: string | undefined
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
        return { transaction: current }
      }
      transaction = saved
      if (!next.effect) return leaveFor === undefined ? { transaction } : { transaction, leaveFor }
      const performed = await perform(deps, next.effect, { subject, transaction, arrival })
      input = performed.input
      leaveFor = performed.leaveFor
    }
  }
