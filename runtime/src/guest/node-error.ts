/**
 * Errors in Node's own words and form: `code`, the code in the stack's first line and in the text an error becomes. For Node's
 * modules and the web's globals, whose callers tell errors apart by these; ordinary code, as they are.
 */
import { inspectValue } from './formatter.ts'
import { bare, captureStackTrace, defineProperty, deleteProperty } from './primordials.ts'

type ErrorClass = new (message: string) => Error

const hidden = (value: unknown) => bare({ value, configurable: true, enumerable: false, writable: true })

/** The stack begins with who has called for it. */
export const nodeError = (Class: ErrorClass, code: string, message: string): Error & { code: string } => {
  const error = new Class(message)
  const { name } = error
  defineProperty(error, 'name', hidden(`${name} [${code}]`))
  captureStackTrace(error, nodeError)
  // Made now, while the name has the code in it: V8 writes the text when it is read first.
  void error.stack
  deleteProperty(error, 'name')
  defineProperty(
    error,
    'toString',
    hidden(() => `${error.name} [${code}]: ${error.message}`),
  )
  return Object.assign(error, { code })
}

const quote = (text: string): string => {
  const shown = text.length > 28 ? `${text.slice(0, 25)}...` : text
  return shown.includes("'") ? JSON.stringify(shown) : `'${shown}'`
}

const describeObject = (value: object): string => {
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : inspectValue(value, { depth: -1 })
}

/** What was received instead: `null`, `type number (1)`, `an instance of Map`. */
export const describeReceived = (value: unknown): string => {
  switch (typeof value) {
    case 'undefined':
      return 'undefined'
    case 'function':
      return `function ${value.name}`
    case 'object':
      return value === null ? 'null' : describeObject(value)
    case 'string':
      return `type string (${quote(value)})`
    case 'bigint':
      return `type bigint (${value}n)`
    case 'number':
      return `type number (${Object.is(value, -0) ? '-0' : value})`
    default:
      return `type ${typeof value} (${String(value)})`
  }
}

const primitiveTypes = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol']
const isClassName = /^[A-Z][a-zA-Z0-9]*$/

/** `a`, `a or b`, `a, b, or c`. */
export const listOf = (items: readonly string[], word: string): string => {
  if (items.length < 3) return items.join(` ${word} `)
  return `${items.slice(0, -1).join(', ')}, ${word} ${items.at(-1)}`
}

const describeExpected = (expected: readonly string[]): string => {
  const types = expected.filter((one) => primitiveTypes.includes(one)).map((one) => one.toLowerCase())
  const classes = expected.filter((one) => !primitiveTypes.includes(one) && isClassName.test(one))
  const others = expected.filter((one) => !primitiveTypes.includes(one) && !isClassName.test(one))
  if (classes.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1)
    classes.push('Object')
  }
  const parts: string[] = []
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${listOf(types, 'or')}`)
  if (classes.length > 0) parts.push(`an instance of ${listOf(classes, 'or')}`)
  const [other = ''] = others
  if (others.length > 1) parts.push(`one of ${listOf(others, 'or')}`)
  else if (others.length === 1) parts.push(other.toLowerCase() === other ? other : `an ${other}`)
  return parts.join(' or ')
}

const kindOfName = (name: string): string => (name.includes('.') ? 'property' : 'argument')

/** `name` is an argument's, a property's with a dot in it, or ends in ` argument`. */
export const invalidArgumentType = (name: string, expected: string | readonly string[], value: unknown): Error => {
  const subject = name.endsWith(' argument') ? name : `"${name}" ${kindOfName(name)}`
  const wanted = describeExpected(typeof expected === 'string' ? [expected] : expected)
  const message = `The ${subject} must be ${wanted}. Received ${describeReceived(value)}`
  return nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', message)
}

export const invalidArgumentValue = (name: string, value: unknown, reason = 'is invalid'): Error => {
  const text = inspectValue(value)
  const shown = text.length > 128 ? `${text.slice(0, 128)}...` : text
  return nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${kindOfName(name)} '${name}' ${reason}. Received ${shown}`)
}

const separateThousands = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, '_')

const showNumber = (value: unknown): string => {
  const large = 2 ** 32
  if (Number.isInteger(value) && Math.abs(value as number) > large) return separateThousands(`${value}`)
  if (typeof value !== 'bigint') return inspectValue(value)
  return `${value > BigInt(large) || value < -BigInt(large) ? separateThousands(`${value}`) : value}n`
}

export const outOfRange = (name: string, range: string, value: unknown): Error =>
  nodeError(
    RangeError,
    'ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${range}. Received ${showNumber(value)}`,
  )

export const missingArguments = (...names: readonly string[]): Error => {
  const quoted = names.map((name) => `"${name}"`)
  const message = `The ${listOf(quoted, 'and')} argument${names.length > 1 ? 's' : ''} must be specified`
  return nodeError(TypeError, 'ERR_MISSING_ARGS', message)
}

export const unknownEncoding = (encoding: unknown): Error =>
  nodeError(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`)

interface Bounds {
  least?: number
  most?: number
}

/** Throws unless `value` is a number within the bounds. */
export function requireNumber(value: unknown, name: string, { least, most }: Bounds = {}): asserts value is number {
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  const isBounded = least !== undefined || most !== undefined
  if ((least === undefined || value >= least) && (most === undefined || value <= most)) return
  if (isBounded) {
    const parts = [least === undefined ? [] : `>= ${least}`, most === undefined ? [] : `<= ${most}`].flat()
    throw outOfRange(name, parts.join(' && '), value)
  }
}

/** Throws unless `value` is an integer within the bounds. */
export function requireInteger(value: unknown, name: string, bounds: Bounds = {}): asserts value is number {
  const { least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = bounds
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value)
  if (value < least || value > most) throw outOfRange(name, `>= ${least} && <= ${most}`, value)
}

export function requireString(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string') throw invalidArgumentType(name, 'string', value)
}
