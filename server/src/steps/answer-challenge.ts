/**
 * The user answers the open challenge.
 *
 * - every try is counted before it is judged, per user and factor and over all resets: a code cannot be guessed in parallel
 * - what may be used once is consumed by the factor, atomically
 * - a factor that was switched off or removed since the question was put proves nothing: the user picks another
 * - a passed challenge forgets the count of its own factor only: whoever reads the user's mail could else pass a mail code
 *   again and again, and guess at the app's code in between
 */
import { resetOriginOf } from '../branding/reset-origin.ts'
import { problem } from '../errors.ts'
import type { Answer, FactorRegistry } from '../factors/factor.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Clock } from '../ports.ts'
import type { RateLimitStore } from '../rate-limits/rate-limit.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Advance } from './advance.ts'
import { circumstancesOf } from './circumstances.ts'
import { type ChallengeMoment, challengeEvent } from './journey-log.ts'
import type { Opened, OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'
import type { LoadSubject } from './subject.ts'
import { toView } from './to-view.ts'
import type { Shown } from './view.ts'

type Deps = {
  openTransaction: OpenTransaction
  loadSubject: LoadSubject
  advance: Advance
  factors: FactorRegistry
  rateLimits: Pick<RateLimitStore, 'attempt' | 'forget'>
  clock: Clock
  tenantLog: Pick<TenantLog, 'record'>
}

interface Submission {
  tenant: Tenant
  browserSecret: string | undefined
  answer: Answer
  facts: RequestFacts
}
export type Answered = { result: 'moved' } | ({ result: 'wrong' } & Shown)
export type AnswerChallenge = (submission: Submission) => Promise<Answered>

const hourMs = 3_600_000

/** A second click finds its code used up by the first one: once that has moved on, it is shown where to, not "wrong code". */
const wrong = async (deps: Deps, before: Opened, { tenant, browserSecret }: Submission): Promise<Answered> => {
  const now = await deps.openTransaction(tenant, browserSecret)
  if (now.transaction.revision !== before.transaction.revision) {
    return { result: 'moved' }
  }
  const view = toView(now, deps.factors)
  return {
    result: 'wrong',
    view: view.page === 'challenge' ? { ...view, error: 'wrong-answer' } : view,
    origin: resetOriginOf(now.transaction),
  }
}

export const answerChallenge =
  (deps: Deps): AnswerChallenge =>
  async (submission) => {
    const { tenant, browserSecret, answer, facts } = submission
    const opened = await deps.openTransaction(tenant, browserSecret)
    const { transaction, subject } = opened
    const { state } = transaction.journey
    if (state.name !== 'challenging' || state.progress.stage !== 'asking') throw problem('ERR_STEP_NOT_OPEN')
    const factor = deps.factors.get(state.progress.factor.type)
    if (!factor?.isUsable(subject)) {
      await deps.advance({ subject, transaction, input: { type: 'factor-lost' }, arrival: { facts } })
      return { result: 'moved' }
    }

    const { begun } = state.progress
    const tell = (moment: ChallengeMoment) =>
      deps.tenantLog.record(
        tenant.name,
        challengeEvent({ subject, transaction, facts }, moment, { type: factor.type, begun }),
      )
    const counter = `challenge:${factor.type}:${transaction.userId}`
    const window = { most: effectiveLimits(tenant).wrongCodes, windowMs: hourMs }
    const allowance = await deps.rateLimits.attempt(tenant.name, counter, window, deps.clock.now())
    if (!allowance.allowed) {
      tell('too-many')
      const input = { type: 'attempts-exhausted' } as const
      await deps.advance({ subject, transaction, input, arrival: { facts } })
      return { result: 'moved' }
    }
    if ((await factor.verify(subject, begun, answer)) === 'failed') {
      const answered = await wrong(deps, opened, submission)
      if (answered.result === 'wrong') tell('failed')
      return answered
    }
    tell('passed')
    await deps.rateLimits.forget(tenant.name, counter)
    const now = await deps.loadSubject(tenant, transaction.userId)
    if (!now) throw problem('ERR_TRANSACTION_EXPIRED')
    const circumstances = circumstancesOf(now, deps.factors, deps.clock.now())
    await deps.advance({
      subject: now,
      transaction,
      input: { type: 'challenge-passed', circumstances },
      arrival: { facts },
    })
    return { result: 'moved' }
  }
