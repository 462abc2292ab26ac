/** Node's `util`. Its properties carry Node's names: they are made where they are exported. */
import { loadFormatter } from '../formatter.ts'
import { invalidArgumentType, outOfRange } from '../node-error.ts'
import { named } from './named.ts'
import { sibling } from './siblings.ts'
import { callSites } from './util/call-sites.ts'
import { debugLog } from './util/debug-log.ts'
import { isDeepEqual } from './util/deep-equal.ts'
import { deprecate } from './util/deprecate.ts'
import { differenceBackwards } from './util/line-difference.ts'
import { callbackify, promisify, promisifyCustom } from './util/promisify.ts'
import { styleText } from './util/style-text.ts'
import { systemError, systemErrorWithHost } from './util/system-error.ts'
import { systemErrorName, systemErrors, systemErrorText } from './util/system-errors.ts'
import { types } from './util/types.ts'
import { requireAbortSignal, requireNumber, requireOneOf, requireString, type Signal } from './validate.ts'

type Callable = (...args: unknown[]) => unknown

const requireErrno = (errno: unknown): number => {
  requireNumber(errno, 'err')
  if (errno >= 0 || !Number.isSafeInteger(errno)) throw outOfRange('err', 'a negative integer', errno)
  return errno
}

const requireLines = (value: unknown, name: string): ArrayLike<string> => {
  if (Array.isArray(value)) for (const [index, line] of value.entries()) requireString(line, `${name}[${index}]`)
  else requireString(value, name)
  return value as ArrayLike<string>
}

const extend = (target: object, source: unknown): object =>
  source === null || typeof source !== 'object' ? target : Object.assign(target, source)

const functions = {
  _errnoException(...args: [errno: number, syscall: string, original?: string]) {
    return systemError(...args)
  },
  _exceptionWithHostPort(...args: [errno: number, syscall: string, address?: string, port?: number, more?: string]) {
    return systemErrorWithHost(...args)
  },
  callbackify(original: unknown) {
    return callbackify(original)
  },
  debuglog(set: string, callback: (logger: unknown) => void) {
    return debugLog(set, callback)
  },
  // biome-ignore lint/complexity/useMaxParams: Node's own form
  deprecate(original: Callable, text: string, code: string | undefined, options = {}) {
    return deprecate(original, { text, code }, options)
  },
  styleText(format: unknown, text: unknown, options: object) {
    return styleText(format, text, options)
  },
  getCallSites(frameCount: unknown = 10, options: unknown = undefined) {
    return callSites(frameCount, options, functions.getCallSites)
  },
  getSystemErrorMap() {
    return systemErrors()
  },
  getSystemErrorName(errno: unknown) {
    return systemErrorName(requireErrno(errno))
  },
  getSystemErrorMessage(errno: unknown) {
    return systemErrorText(requireErrno(errno))
  },
  inherits(child: Callable, parent: Callable) {
    if (child === undefined || child === null) throw invalidArgumentType('ctor', 'Function', child)
    if (parent === undefined || parent === null) throw invalidArgumentType('superCtor', 'Function', parent)
    if (parent.prototype === undefined) throw invalidArgumentType('superCtor.prototype', 'Object', parent.prototype)
    Object.defineProperty(child, 'super_', { value: parent, writable: true, configurable: true })
    Object.setPrototypeOf(child.prototype, parent.prototype)
  },
  markPromiseAsHandled(promise: unknown) {
    if (!(promise instanceof Promise)) throw invalidArgumentType('promise', 'Promise', promise)
    void promise.then(undefined, () => {})
  },
  convertProcessSignalToExitCode(signalCode: unknown) {
    const { signals } = (sibling('os') as { constants: { signals: Record<string, number> } }).constants
    requireOneOf(signalCode, 'signalCode', Object.keys(signals))
    return 128 + (signals[signalCode as string] as number)
  },
  isDeepStrictEqual(a: unknown, b: unknown, skipPrototype: unknown) {
    return isDeepEqual(a, b, skipPrototype ? 'same-values' : 'strict')
  },
  promisify(original: unknown) {
    return promisify(original)
  },
  toUSVString(input: unknown) {
    return `${input}`.toWellFormed()
  },
  /** Settles when the signal is aborted; nobody can tell whether `resource` was collected before. */
  async aborted(signal: unknown, resource: unknown) {
    requireAbortSignal(signal, 'signal')
    if (typeof resource !== 'object' && typeof resource !== 'function')
      throw invalidArgumentType('resource', 'Object', resource)
    const { aborted } = signal as Signal
    return aborted ? undefined : new Promise((done) => signal?.addEventListener('abort', done, { once: true }))
  },
  diff(actual: unknown, expected: unknown) {
    if (actual === expected) return []
    const lists = { actual: requireLines(actual, 'actual'), expected: requireLines(expected, 'expected') }
    return differenceBackwards({ ...lists, isEqual: (left: string, right: string) => left === right }).reverse()
  },
}

Object.defineProperty(functions.promisify, 'custom', {
  value: promisifyCustom,
  enumerable: true,
  writable: true,
  configurable: true,
})

const formatter = loadFormatter()

const global = globalThis as unknown as Record<'TextDecoder' | 'TextEncoder', unknown>

export const exported = {
  ...functions,
  _extend: deprecate(extend as Callable, {
    text: 'The `util._extend` API is deprecated. Please use Object.assign() instead.',
    code: 'DEP0060',
  }),
  isArray: deprecate(Array.isArray as Callable, {
    text: 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
    code: 'DEP0044',
  }),
  debug: functions.debuglog,
  format: named('format', formatter.format),
  formatWithOptions: named('formatWithOptions', formatter.formatWithOptions),
  inspect: named('inspect', formatter.inspect),
  stripVTControlCharacters: named('stripVTControlCharacters', formatter.stripVTControlCharacters),
  types,
  get TextDecoder() {
    return global.TextDecoder
  },
  get TextEncoder() {
    return global.TextEncoder
  },
}
