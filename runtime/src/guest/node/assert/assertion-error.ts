import { inspectValue } from '../../formatter.ts'
import { captureStackTrace } from '../../primordials.ts'
import { requireObject } from '../validate.ts'
import { describeComparison } from './message.ts'

type Callable = (...args: never[]) => unknown

export interface AssertionDetails {
  actual?: unknown
  expected?: unknown
  operator?: string | undefined
  message?: unknown
  /** Frames from this function upwards are left out of the stack. */
  stackStartFn?: Callable | undefined
  stackStartFunction?: Callable
  diff?: 'simple' | 'full' | undefined
}

/** Two errors differ by more than their stacks: without them, where both are errors. */
const withoutStack = (error: Error): Error => {
  const copy: Error = Object.assign(Object.create(Object.getPrototypeOf(error)), error)
  Object.defineProperty(copy, 'message', { value: error.message })
  if (!Object.hasOwn(error, 'cause')) return copy
  const cause = error.cause instanceof Error ? withoutStack(error.cause) : error.cause
  return Object.defineProperty(copy, 'cause', { value: cause })
}

const describe = (details: AssertionDetails): { message: string; actual: unknown; expected: unknown } => {
  const { actual, expected, message } = details
  const areErrors = message == null && actual instanceof Error && expected instanceof Error
  const shown = areErrors
    ? { actual: withoutStack(actual as Error), expected: withoutStack(expected as Error) }
    : { actual, expected }
  const text = message == null ? undefined : String(message)
  const comparison = { ...shown, operator: `${details.operator}`, message: text, diff: details.diff ?? 'simple' }
  return { ...shown, message: describeComparison(comparison) }
}

/** Long texts are not shown whole where an error is printed. */
const shorten = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  const lines = value.split('\n', 11)
  if (lines.length > 10) return `${lines.slice(0, 10).join('\n')}\n...`
  return value.length > 512 ? `${value.slice(512)}...` : value
}

const custom: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never

export class AssertionError extends Error {
  static {
    Object.defineProperty(AssertionError, 'name', { value: 'AssertionError' })
  }
  generatedMessage: boolean
  code = 'ERR_ASSERTION'
  actual: unknown
  expected: unknown
  operator: string | undefined
  diff: string

  constructor(options: AssertionDetails) {
    requireObject(options, 'options')
    const { message, actual, expected } = describe(options)
    super(message)
    this.generatedMessage = !options.message
    const named = (value: string) => ({ value, enumerable: false, writable: true, configurable: true })
    Object.defineProperty(this, 'name', named('AssertionError [ERR_ASSERTION]'))
    this.actual = actual
    this.expected = expected
    this.operator = options.operator
    captureStackTrace(this, options.stackStartFn ?? options.stackStartFunction)
    // Made now, while the name has the code in it: V8 writes the text when it is read first.
    void this.stack
    this.name = 'AssertionError'
    this.diff = options.diff ?? 'simple'
  }

  override toString() {
    return `${this.name} [${this.code}]: ${this.message}`
  }

  [custom](_depth: number, context: object) {
    const { actual, expected } = this
    Object.assign(this, { actual: shorten(actual), expected: shorten(expected) })
    const text = inspectValue(this, { ...context, customInspect: false, depth: 0 })
    Object.assign(this, { actual, expected })
    return text
  }
}
