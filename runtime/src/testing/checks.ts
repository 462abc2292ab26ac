/** What a test can say of a run. Each check says whether it holds, and what was wanted. */
import { isDeepStrictEqual } from 'node:util'
import type { FactorType } from '@interlock/sdk-types'
import type { FactorSelector } from '../bridge/command.ts'
import type { Ending } from '../bridge/outcome.ts'
import type { Demand } from '../pipeline/execution-result.ts'
import { quote, show } from './describe-run.ts'
import type { ActionRun } from './pipeline.ts'

export interface Verdict {
  holds: boolean
  /** Completes "the action was expected to". */
  wanted: string
}

/** A text is compared whole, a pattern is searched for. */
export type TextMatch = string | RegExp

/** A type, with the vendor's aliases, or a selector. Options count only where they are given. */
export type ExpectedFactor = FactorType | { type: FactorType; options?: object }

export interface ExpectedFailure {
  outcome?: Ending
  code?: string
  /** A text is searched for. */
  message?: TextMatch
}

const matches = (actual: string | undefined, wanted: TextMatch | undefined): boolean =>
  wanted === undefined || (actual !== undefined && (wanted instanceof RegExp ? wanted.test(actual) : wanted === actual))

const toText = (wanted: TextMatch): string => (wanted instanceof RegExp ? String(wanted) : quote(wanted))

const demandOf = <Type extends Demand['type']>(
  { decision }: ActionRun,
  type: Type,
): Extract<Demand, { type: Type }> | undefined => {
  const found = decision.type === 'pause' ? decision.demands.find((demand) => demand.type === type) : undefined
  return found as Extract<Demand, { type: Type }> | undefined
}

const aliases: Readonly<Record<string, { type: FactorType; options?: object }>> = {
  push: { type: 'push-notification' },
  sms: { type: 'phone', options: { preferredMethod: 'sms' } },
}

const isFactor = (actual: FactorSelector | undefined, expected: ExpectedFactor): boolean => {
  const given = typeof expected === 'string' ? { type: expected } : expected
  const { type, options } = { ...given, ...aliases[given.type] }
  return actual?.type === type && (options === undefined || isDeepStrictEqual({ ...actual?.options }, options))
}

const areFactors = (actual: readonly FactorSelector[], expected: readonly ExpectedFactor[]): boolean =>
  actual.length === expected.length && expected.every((factor, index) => isFactor(actual[index], factor))

/** The challenge that is asked for first, and how it opens. */
const challengeOf = (run: ActionRun, open: 'first' | 'any'): readonly FactorSelector[] | undefined => {
  const challenge = demandOf(run, 'challenge')
  return challenge?.open === open ? challenge.factors : undefined
}

/** Without a query all of them fit; each parameter that is wanted must be there. */
const isTarget = (actual: string, wanted: string): boolean => {
  const [url, pattern] = [new URL(actual), new URL(wanted)]
  const bare = ({ origin, pathname, hash }: URL) => origin + pathname + hash
  return (
    bare(url) === bare(pattern) &&
    [...pattern.searchParams].every(([key, value]) => url.searchParams.get(key) === value)
  )
}

export const checks = {
  /** The reset goes on to the next action, or to the new password. */
  toProceed: ({ decision }: ActionRun): Verdict => ({
    holds: decision.type === 'proceed',
    wanted: 'let the reset go on',
  }),

  toDeny: ({ decision }: ActionRun, reason?: TextMatch): Verdict => ({
    holds: decision.type === 'deny' && matches(decision.reason, reason),
    wanted: reason === undefined ? 'deny the reset' : `deny the reset with ${toText(reason)}`,
  }),

  /** As `api.authentication.challengeWith`; without `additionalFactors` any others may be offered. */
  toChallengeWith: (
    run: ActionRun,
    factor: ExpectedFactor,
    { additionalFactors }: { additionalFactors?: readonly ExpectedFactor[] } = {},
  ): Verdict => {
    const [first, ...others] = challengeOf(run, 'first') ?? []
    const beside = additionalFactors === undefined ? '' : ` beside ${show(additionalFactors)}`
    return {
      holds: isFactor(first, factor) && (additionalFactors === undefined || areFactors(others, additionalFactors)),
      wanted: `challenge with ${show(factor)}${beside}`,
    }
  },

  /** As `api.authentication.challengeWithAny`. */
  toChallengeWithAny: (run: ActionRun, factors: readonly ExpectedFactor[]): Verdict => ({
    holds: areFactors(challengeOf(run, 'any') ?? [], factors),
    wanted: `challenge with any of ${show(factors)}`,
  }),

  /** A URL without a query fits whatever the query is; with one, each of its parameters must be there. */
  toRedirectTo: (run: ActionRun, url: TextMatch | ((url: URL) => boolean)): Verdict => {
    const actual = demandOf(run, 'redirect')?.url
    if (typeof url === 'function')
      return { holds: actual !== undefined && url(new URL(actual)), wanted: 'redirect to a URL that the test accepts' }
    const fits = (target: string) => (url instanceof RegExp ? url.test(target) : isTarget(target, url))
    return { holds: actual !== undefined && fits(actual), wanted: `redirect to ${toText(url)}` }
  },

  /** Of `fields` and `vars`, what is given must be equal. */
  toRender: (run: ActionRun, id: string, options: { fields?: object; vars?: object } = {}): Verdict => {
    const prompt = demandOf(run, 'prompt')
    const isEqual = (key: 'fields' | 'vars') =>
      options[key] === undefined || isDeepStrictEqual(prompt?.[key], options[key])
    return {
      holds: prompt?.id === id && isEqual('fields') && isEqual('vars'),
      wanted: `render ${quote(id)}${Object.keys(options).length === 0 ? '' : ` with ${show(options)}`}`,
    }
  },

  /** The run did not complete, and with it the reset fails. A text is searched for in the error's message. */
  toFailWith: ({ decision, error }: ActionRun, failure: TextMatch | ExpectedFailure = {}): Verdict => {
    const given = typeof failure === 'string' || failure instanceof RegExp ? { message: failure } : failure
    const { outcome, code, message } = given
    const says = typeof message === 'string' ? error?.message.includes(message) : matches(error?.message, message)
    return {
      holds:
        decision.type === 'fail' &&
        (outcome === undefined || decision.ending === outcome) &&
        (code === undefined || error?.code === code) &&
        says === true,
      wanted: `fail with ${show(given)}`,
    }
  },
} satisfies Record<string, (run: ActionRun, ...args: never[]) => Verdict>

export type Checks = typeof checks
