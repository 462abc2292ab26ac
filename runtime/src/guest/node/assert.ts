/** Node's `assert`. Its properties carry Node's names: they are made where they are exported. */
import { inspectValue } from '../formatter.ts'
import { invalidArgumentType, missingArguments, nodeError } from '../node-error.ts'
import { AssertionError } from './assert/assertion-error.ts'
import { expectError, expectNoError, rejectedBy, thrownBy } from './assert/exceptions.ts'
import { fail, requireTruthy } from './assert/fail.ts'
import { named } from './named.ts'
import { isDeepEqual, type Mode } from './util/deep-equal.ts'
import { requireOneOf } from './validate.ts'

type Callable = (...args: never[]) => unknown

const chosen = Symbol('options')

interface Options {
  diff?: 'simple' | 'full'
  strict?: boolean
  skipPrototype?: boolean
}

interface Self {
  [chosen]?: Options
}

/** One comparison: the values, the test that they pass, and the operator's name in the error. */
interface Row {
  passes: (actual: unknown, expected: unknown, self: Self | undefined) => boolean
  operator: string
}

const isLooselyEqual = (actual: unknown, expected: unknown) =>
  // biome-ignore lint/suspicious/noDoubleEquals: that is what `equal` asks for
  actual == expected || (Number.isNaN(actual) && Number.isNaN(expected))

const deep =
  (mode: Mode): Row['passes'] =>
  (actual, expected, self) =>
    isDeepEqual(actual, expected, mode === 'strict' && self?.[chosen]?.skipPrototype ? 'same-values' : mode)

const not =
  (passes: Row['passes']): Row['passes'] =>
  (actual, expected, self) =>
    !passes(actual, expected, self)

const rows: Readonly<Record<string, Row>> = {
  equal: { passes: isLooselyEqual, operator: '==' },
  notEqual: { passes: not(isLooselyEqual), operator: '!=' },
  deepEqual: { passes: deep('loose'), operator: 'deepEqual' },
  notDeepEqual: { passes: not(deep('loose')), operator: 'notDeepEqual' },
  deepStrictEqual: { passes: deep('strict'), operator: 'deepStrictEqual' },
  notDeepStrictEqual: { passes: not(deep('strict')), operator: 'notDeepStrictEqual' },
  strictEqual: { passes: Object.is, operator: 'strictEqual' },
  notStrictEqual: { passes: not(Object.is), operator: 'notStrictEqual' },
  partialDeepStrictEqual: { passes: deep('partial'), operator: 'partialDeepStrictEqual' },
}

const comparison = ({ passes, operator }: Row): Callable => {
  // biome-ignore lint/complexity/useMaxParams: Node's own form
  const compare = function (this: Self | undefined, actual: unknown, expected: unknown, ...message: unknown[]) {
    if (arguments.length < 2) throw missingArguments('actual', 'expected')
    if (passes(actual, expected, this)) return
    fail({ actual, expected, operator, stackStartFn: compare, diff: this?.[chosen]?.diff }, message)
  }
  return compare
}

const comparisons = Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, named(name, comparison(row))]))

const describeMismatch = (text: unknown, pattern: RegExp, isWanted: boolean): string => {
  const shown = inspectValue(text)
  if (typeof text !== 'string')
    return `The "string" argument must be of type string. Received type ${typeof text} (${shown})`
  const start = isWanted ? 'The input did not match' : 'The input was expected to not match'
  return `${start} the regular expression ${inspectValue(pattern)}. Input:\n\n${shown}\n`
}

interface Matching {
  text: unknown
  pattern: unknown
  asked: Callable
}

const requireMatch = ({ text, pattern, asked }: Matching, message: readonly unknown[]): void => {
  if (!(pattern instanceof RegExp)) throw invalidArgumentType('regexp', 'RegExp', pattern)
  const isWanted = asked === members.match
  if (typeof text === 'string' && (pattern.exec(text) !== null) === isWanted) return
  const details = { actual: text, expected: pattern, operator: asked.name, stackStartFn: asked }
  if (message.length > 0 && message[0]) fail(details, message)
  const error = new AssertionError({ ...details, message: describeMismatch(text, pattern, isWanted) })
  error.generatedMessage = message.length === 0
  throw error
}

const describeUnwanted = (error: unknown): string => {
  const { message } = error as Error
  if (typeof error !== 'object' || typeof message !== 'string') return inspectValue(error)
  return message === '' && error?.constructor ? error.constructor.name : message
}

const members = {
  fail(message: unknown) {
    if (message instanceof Error) throw message
    const error = new AssertionError({ operator: 'fail', stackStartFn: members.fail, message: message ?? 'Failed' })
    if (message === undefined) error.generatedMessage = true
    throw error
  },
  ok(...args: unknown[]) {
    requireTruthy(args, members.ok)
  },
  ...comparisons,
  match(string: unknown, regexp: unknown, ...message: unknown[]) {
    requireMatch({ text: string, pattern: regexp, asked: members.match }, message)
  },
  doesNotMatch(string: unknown, regexp: unknown, ...message: unknown[]) {
    requireMatch({ text: string, pattern: regexp, asked: members.doesNotMatch }, message)
  },
  throws(fn: unknown, ...args: unknown[]) {
    expectError({ asked: members.throws, kind: 'exception' }, thrownBy(fn), args)
  },
  async rejects(promiseFn: unknown, ...args: unknown[]) {
    expectError({ asked: members.rejects, kind: 'rejection' }, await rejectedBy(promiseFn), args)
  },
  doesNotThrow(fn: unknown, ...args: unknown[]) {
    expectNoError({ asked: members.doesNotThrow, kind: 'exception' }, thrownBy(fn), args)
  },
  async doesNotReject(fn: unknown, ...args: unknown[]) {
    expectNoError({ asked: members.doesNotReject, kind: 'rejection' }, await rejectedBy(fn), args)
  },
  ifError(error: unknown) {
    if (error === null || error === undefined) return
    const message = `ifError got unwanted exception: ${describeUnwanted(error)}`
    throw new AssertionError({
      actual: error,
      expected: null,
      operator: 'ifError',
      message,
      stackStartFn: members.ifError,
    })
  },
}

const strictly = {
  equal: comparisons.strictEqual,
  deepEqual: comparisons.deepStrictEqual,
  notEqual: comparisons.notStrictEqual,
  notDeepEqual: comparisons.notDeepStrictEqual,
}

/** Assertions with options of their own. */
const Assert = named('Assert', function (this: Self, options: Options) {
  if (!new.target) {
    const text = 'Class constructor Assert cannot be invoked without `new`'
    throw nodeError(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', text)
  }
  const whole = { strict: true, skipPrototype: false, ...options }
  if (whole.diff !== undefined) requireOneOf(whole.diff, 'options.diff', ['simple', 'full'])
  Object.assign(this, { AssertionError })
  Object.defineProperty(this, chosen, { value: whole })
  if (whole.strict) Object.assign(this, strictly)
})
Object.assign(Assert.prototype, members)

const roots = {
  assert(...args: unknown[]) {
    requireTruthy(args, assert)
  },
  strict(...args: unknown[]) {
    requireTruthy(args, strict)
  },
}
const asFunction = (name: 'assert' | 'strict') =>
  // A function that `new` takes, as Node's.
  named(name, function (...args: unknown[]) {
    roots[name](...args)
  })

const assert = Object.assign(asFunction('assert'), { AssertionError }, members)
const strict = Object.assign(asFunction('strict'), assert, strictly)
Object.assign(strict, { Assert, strict })

export const exported = Object.assign(assert, { strict, Assert })
