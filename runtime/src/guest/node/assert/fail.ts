import { formatAll } from '../../formatter.ts'
import { invalidArgumentType, nodeError } from '../../node-error.ts'
import { type AssertionDetails, AssertionError } from './assertion-error.ts'

const ambiguous = (what: string) =>
  nodeError(
    TypeError,
    'ERR_AMBIGUOUS_ARGUMENT',
    `The "message" argument is ambiguous. The error message ${what} has trailing arguments that would be ignored.`,
  )

const describe = (make: (actual: unknown, expected: unknown) => unknown, details: AssertionDetails) => {
  try {
    const text = make(details.actual, details.expected)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

/** Text with what is put into it, an error that is thrown itself, or a function that makes the text. */
const resolveMessage = (given: readonly unknown[], details: AssertionDetails): string | undefined => {
  const [first] = given
  if (given.length === 0) return undefined
  if (typeof first === 'string') return given.length > 1 ? formatAll([...given]) : first
  if (first instanceof Error) {
    if (given.length > 1) throw ambiguous(`was passed as error object "${Error.prototype.toString.call(first)}"`)
    throw first
  }
  if (typeof first !== 'function') throw invalidArgumentType('message', ['string', 'function'], first)
  if (given.length > 1) throw ambiguous(`with function "${first.name || 'anonymous'}"`)
  return describe(first as never, details)
}

export const fail = (details: AssertionDetails, message: readonly unknown[]): never => {
  throw new AssertionError({ ...details, message: resolveMessage(message, details) })
}

/** Node shows the source of what was falsy; an action's is not at hand here, so its value is shown. */
export const requireTruthy = (args: readonly unknown[], stackStartFn: (...args: never[]) => unknown): void => {
  const [actual, ...message] = args
  if (actual) return
  const details = { actual, expected: true, operator: '==', stackStartFn }
  const isGiven = message.length > 0 && message[0] != null
  if (isGiven) fail(details, message)
  const text = args.length === 0 ? 'No value argument passed to `assert.ok()`' : undefined
  const error = new AssertionError({ ...details, message: text })
  error.generatedMessage = true
  throw error
}
