/** Which of the factors somebody asked for the user can really be offered (contract: factor selectors). */
import type { Demand, FactorSelector } from '@interlock/runtime'
import type { Circumstances } from './input.ts'
import type { PassedFactor } from './state.ts'

type ChallengeDemand = Extract<Demand, { type: 'challenge' }>

/** `both` lets the user decide between a text message and a call: two entries of the picker. */
const spreadMethods = (asked: FactorSelector): FactorSelector[] =>
  asked.type === 'phone' && asked.options?.preferredMethod === 'both'
    ? (['sms', 'voice'] as const).map((preferredMethod) => ({ type: 'phone', options: { preferredMethod } }))
    : [asked]

/** Authors copy enrolled factors behind the ones they name: what says nothing new is not offered twice. */
const isRepeated = (asked: FactorSelector, index: number, all: readonly FactorSelector[]): boolean => {
  const method = asked.options?.preferredMethod
  return all
    .slice(0, index)
    .some(({ type, options }) => type === asked.type && (method === undefined || method === options?.preferredMethod))
}

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
  const offered = demand.factors
    .filter((asked) => usable.some((factor) => factor.type === asked.type))
    .flatMap(spreadMethods)
    .filter((asked, index, all) => !isRepeated(asked, index, all))
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
