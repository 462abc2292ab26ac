/** The checks as matchers of vitest and jest, and as assertions for a runner that has none. */
import { AssertionError } from 'node:assert'
import { type Checks, checks, type Verdict } from './checks.ts'
import { describeRun } from './describe-run.ts'
import type { ActionRun } from './pipeline.ts'

type Rest<Check> = Check extends (run: ActionRun, ...rest: infer Args) => Verdict ? Args : never

/** To be merged into the runner's own type: `interface Matchers<T> extends InterlockMatchers {}`. */
export type InterlockMatchers<Result = void> = { [Name in keyof Checks]: (...args: Rest<Checks[Name]>) => Result }

interface MatcherResult {
  pass: boolean
  message: () => string
}

type Matcher = (received: unknown, ...args: unknown[]) => MatcherResult

const isRun = (value: unknown): value is ActionRun =>
  typeof value === 'object' && value !== null && 'decision' in value && 'continueWith' in value

const apply = (check: (run: ActionRun, ...args: never[]) => Verdict): Matcher =>
  function matcher(received, ...args) {
    if (!isRun(received)) {
      const awaited = received instanceof Promise ? ' Await it first.' : ''
      throw new TypeError(`This is not what \`execute\` or \`continueWith\` resolve with.${awaited}`)
    }
    const { holds, wanted } = check(received, ...(args as never[]))
    // Runners ask for the message of the case that failed: where it holds, `not` has been asked for.
    const sentence = `The action was expected ${holds ? 'not ' : ''}to ${wanted}, but ${describeRun(received)}`
    return { pass: holds, message: () => sentence }
  }

const entries = Object.entries(checks).map(([name, check]) => [name, apply(check)] as const)

/** `expect.extend(interlockMatchers)`. */
export const interlockMatchers = Object.fromEntries(entries) as Record<keyof Checks, Matcher>

const assertionsOf = (run: unknown, wanted: 'holds' | 'fails'): InterlockMatchers => {
  const assertion = ([name, matcher]: (typeof entries)[number]) => [
    name,
    (...args: unknown[]) => {
      const { pass, message } = matcher(run, ...args)
      if (pass !== (wanted === 'holds')) throw new AssertionError({ message: message(), stackStartFn: expectRun })
    },
  ]
  return Object.fromEntries(entries.map(assertion))
}

/** For `node:test`, and anywhere: `expectRun(run).toDeny('…')`, `expectRun(run).not.toProceed()`. Throw an `AssertionError`. */
export const expectRun = (run: ActionRun): InterlockMatchers & { not: InterlockMatchers } => ({
  ...assertionsOf(run, 'holds'),
  not: assertionsOf(run, 'fails'),
})
