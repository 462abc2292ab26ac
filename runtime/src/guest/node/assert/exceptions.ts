/** What a call throws, or a promise is rejected with, against what was expected of it. */
import { inspectValue } from '../../formatter.ts'
import { describeReceived, invalidArgumentType, invalidArgumentValue, nodeError } from '../../node-error.ts'
import { named } from '../named.ts'
import { isDeepEqual } from '../util/deep-equal.ts'
import { requireFunction } from '../validate.ts'
import { AssertionError } from './assertion-error.ts'
import { fail } from './fail.ts'

type Callable = (...args: never[]) => unknown
/** Nothing was thrown, or it was this. */
export type Thrown = { error: unknown } | undefined

interface Check {
  /** The assertion that asks, for the operator's name and for the stack. */
  asked: Callable
  kind: 'exception' | 'rejection'
}

const isPattern = (value: unknown): value is RegExp => value instanceof RegExp

export const thrownBy = (call: unknown): Thrown => {
  requireFunction(call, 'fn')
  try {
    call()
    return undefined
  } catch (error) {
    return { error }
  }
}

const isPromise = (value: unknown): value is Promise<unknown> => {
  const promise = value as Partial<Promise<unknown>> | null | undefined
  return typeof promise === 'object' && typeof promise?.then === 'function' && typeof promise.catch === 'function'
}

export const rejectedBy = async (given: unknown): Promise<Thrown> => {
  const promise = typeof given === 'function' ? given() : given
  if (!isPromise(promise)) {
    if (typeof given !== 'function') throw invalidArgumentType('promiseFn', ['Function', 'Promise'], given)
    const text = `Expected instance of Promise to be returned from the "promiseFn" function but got ${describeReceived(promise)}.`
    throw nodeError(TypeError, 'ERR_INVALID_RETURN_VALUE', text)
  }
  try {
    await promise
    return undefined
  } catch (error) {
    return { error }
  }
}

interface Expectation extends Check {
  actual: unknown
  expected: unknown
  message: string | undefined
}

const refuse = ({ asked, actual, expected, message }: Expectation, generated: string): never => {
  const operator = asked.name
  const error = new AssertionError({ actual, expected, message: message ?? generated, operator, stackStartFn: asked })
  error.generatedMessage = message === undefined
  throw error
}

/** How Node names what it shows of the two. */
const Comparison = named('Comparison', function () {} as unknown as new () => object)

/** Only the properties that are compared, and a text that a pattern has found as it is. */
const pick = (from: object, keys: readonly string[], found?: object): object => {
  const picked = new Comparison()
  for (const key of keys) {
    if (!(key in from)) continue
    const [wanted, text] = [from[key as never] as unknown, found?.[key as never] as unknown]
    const isFound = typeof text === 'string' && isPattern(wanted) && wanted.exec(text) !== null
    Object.assign(picked, { [key]: isFound ? text : wanted })
  }
  return picked
}
const expectProperties = (expectation: Expectation): void => {
  const { asked, message } = expectation
  const actual = expectation.actual as object
  const expected = expectation.expected as object
  const keys = Object.keys(expected)
  if (expected instanceof Error) keys.push('name', 'message')
  else if (keys.length === 0) throw invalidArgumentValue('error', expected, 'may not be an empty object')
  for (const key of keys) {
    const [value, wanted] = [actual[key as never] as unknown, expected[key as never] as unknown]
    if (typeof value === 'string' && isPattern(wanted) && wanted.exec(value) !== null) continue
    if (key in actual && isDeepEqual(value, wanted, 'strict')) continue
    if (message) fail({ actual, expected, operator: asked.name, stackStartFn: asked }, [message])
    const shown = { actual: pick(actual, keys), expected: pick(expected, keys, actual) }
    const error = new AssertionError({ ...shown, operator: 'deepStrictEqual', stackStartFn: asked })
    throw Object.assign(error, { actual, expected, operator: asked.name })
  }
}

const isErrorClass = (value: unknown): value is ErrorConstructor =>
  typeof value === 'function' && Object.prototype.isPrototypeOf.call(Error, value)

const describeClass = (actual: unknown, { name }: { name: string }): string => {
  const start = `The error is expected to be an instance of "${name}". Received `
  if (!(actual instanceof Error)) return `${start}"${inspectValue(actual, { depth: -1 })}"`
  const own = actual.constructor?.name || actual.name
  const kind = own === name ? 'an error with identical name but a different prototype.' : `"${own}"`
  return `${start}${kind}${actual.message ? `\n\nError message:\n\n${actual.message}` : ''}`
}

const expectByFunction = (expectation: Expectation): void => {
  const { actual } = expectation
  const expected = expectation.expected as Callable & { prototype?: object }
  if (expected.prototype !== undefined && actual instanceof expected) return
  if (isErrorClass(expected)) refuse(expectation, describeClass(actual, expected))
  const result: unknown = Reflect.apply(expected, {}, [actual])
  if (result === true) return
  const name = expected.name ? `"${expected.name}" ` : ''
  const text = `The ${name}validation function is expected to return "true". Received ${inspectValue(result)}`
  refuse(expectation, actual instanceof Error ? `${text}\n\nCaught error:\n\n${actual}` : text)
}

const expectPattern = (expectation: Expectation, pattern: RegExp): void => {
  const text = String(expectation.actual)
  if (pattern.exec(text) !== null) return
  const input = `Input:\n\n${inspectValue(text)}\n`
  refuse(expectation, `The input did not match the regular expression ${inspectValue(pattern)}. ${input}`)
}

const expectException = (expectation: Expectation): void => {
  const { actual, expected, asked, message } = expectation
  if (typeof expected === 'function') expectByFunction(expectation)
  else if (isPattern(expected)) expectPattern(expectation, expected)
  else if (typeof actual === 'object' && actual !== null) expectProperties(expectation)
  else {
    const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: asked })
    throw Object.assign(error, { operator: asked.name })
  }
}

const expectedTypes = ['Object', 'Error', 'Function', 'RegExp']

const refuseSameText = (actual: unknown, text: string): void => {
  const isObject = typeof actual === 'object' && actual !== null
  if ((isObject ? (actual as { message?: unknown }).message : actual) !== text) return
  const what = isObject ? `The error message "${text}"` : `The error "${text}"`
  const message = `The "error/message" argument is ambiguous. ${what} is identical to the message.`
  throw nodeError(TypeError, 'ERR_AMBIGUOUS_ARGUMENT', message)
}

/** `throws` and `rejects`. `args` are an expectation, a message, or both. */
export const expectError = (check: Check, thrown: Thrown, args: readonly unknown[]): void => {
  let [expected, message] = args as [unknown, string | undefined]
  if (typeof expected === 'string') {
    if (args.length === 2) throw invalidArgumentType('error', expectedTypes, expected)
    refuseSameText(thrown?.error, expected)
    message = expected
    expected = undefined
  } else if (expected != null && typeof expected !== 'object' && typeof expected !== 'function')
    throw invalidArgumentType('error', expectedTypes, expected)
  if (thrown === undefined) {
    const { name } = (expected ?? {}) as { name?: string }
    const text = `Missing expected ${check.kind}${name ? ` (${name})` : ''}${message ? `: ${message}` : '.'}`
    fail({ actual: undefined, expected, operator: check.asked.name, stackStartFn: check.asked }, [text])
  } else if (expected) expectException({ ...check, actual: thrown.error, expected, message })
}

const matches = (actual: unknown, expected: unknown): boolean => {
  if (isPattern(expected)) return expected.exec(String(actual)) !== null
  if (typeof expected !== 'function') throw invalidArgumentType('expected', ['Function', 'RegExp'], expected)
  if (expected.prototype !== undefined && actual instanceof expected) return true
  return !isErrorClass(expected) && Reflect.apply(expected, {}, [actual]) === true
}

/** `doesNotThrow` and `doesNotReject`. */
export const expectNoError = (check: Check, thrown: Thrown, args: readonly unknown[]): void => {
  if (thrown === undefined) return
  const actual = thrown.error
  const [first, second] = args
  const [expected, message] = typeof first === 'string' ? [undefined, first] : [first, second]
  if (expected && !matches(actual, expected)) throw actual
  const text = `Got unwanted ${check.kind}${message ? `: ${message}` : '.'}\nActual message: "${(actual as Error | undefined)?.message}"`
  fail({ actual, expected, operator: check.asked.name, stackStartFn: check.asked }, [text])
}
