/** Which of the factors somebody asked for the user can really be offered (contract: factor selectors). */
import type { Demand, FactorSelector } from '@interlock/runtime'
import type { Circumstances } from './input.ts'
import type { PassedFactor } from './state.ts'

type ChallengeDemand = Extract<Demand, { type: 'challenge' }>

/**
 * - one of the factors was passed in this transaction already: `satisfied`, nothing is asked twice
 * - not enabled, not enrolled, or the same mailbox where the tenant forbids it: left out
 * - nothing left: `unusable`, and the flow fails; it never goes on without the challenge
 */
export const offerFor = (
  demand: ChallengeDemand,
  passed: readonly PassedFactor[],
  { available, policy }: Circumstances,
): FactorSelector[] | 'satisfied' | 'unusable' => {
  if (demand.factors.some((asked) => passed.some((factor) => factor.type === asked.type))) return 'satisfied'
  const usable = available.filter((factor) => !factor.sameChannel || policy.sameChannel !== 'never')
  const offered = demand.factors.filter(
    (asked, index) =>
      usable.some((factor) => factor.type === asked.type) &&
      demand.factors.findIndex((earlier) => earlier.type === asked.type) === index,
  )
  return offered.length > 0 ? offered : 'unusable'
}

/** What the tenant's own rule asks when no action asked for anything; empty when nothing is to be asked. */
export const offerOfPolicy = (
  passed: readonly PassedFactor[],
  { available, policy }: Circumstances,
): FactorSelector[] => {
  if (policy.resetMfa === 'actions-only' || passed.length > 0) return []
  return available
    .filter((factor) => !factor.sameChannel || policy.sameChannel === 'always')
    .map((factor) => ({ type: factor.type }))
}
