/** Random numbers, and keys and primes made of them. */
import { invalidArgumentType, outOfRange } from '../../node-error.ts'
import { bytesOf, compute, draw, tell } from '../native.ts'
import { requireFunction } from '../validate.ts'
import type { KeyObject } from './key-object.ts'

/** Calls back with what `run` comes to, or answers it where there is no callback. */
const answerOrTell = (callback: unknown, run: () => unknown): unknown => {
  if (callback === undefined) return run()
  requireFunction(callback, 'callback')
  return tell(callback, () => [run()])
}

export const randomBytes = (size: unknown, callback?: unknown): unknown =>
  answerOrTell(callback, () => draw('randomBytes', size))

/** In one call; what is larger comes in several. */
const mostAtOnce = 1_048_576

const fill = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; at += mostAtOnce)
    bytes.set(draw<Uint8Array>('randomBytes', Math.min(mostAtOnce, bytes.length - at)), at)
}

const isBytes = (value: unknown): value is ArrayBufferView | ArrayBuffer =>
  ArrayBuffer.isView(value) || value instanceof ArrayBuffer

/** The part of `target` that is meant; offset and size count elements. */
const partOf = (target: unknown, offset: unknown, size: unknown): Uint8Array => {
  if (!isBytes(target)) throw invalidArgumentType('buf', ['ArrayBuffer', 'ArrayBufferView'], target)
  const { BYTES_PER_ELEMENT: element = 1 } = target as { BYTES_PER_ELEMENT?: number }
  const bytes = bytesOf(target)
  const start = countOf(offset ?? 0, 'offset', { element, most: bytes.length })
  if (size === undefined) return bytes.subarray(start)
  const length = countOf(size, 'size', { element, most: bytes.length })
  if (start + length > bytes.length) throw outOfRange('size + offset', `<= ${bytes.length}`, start + length)
  return bytes.subarray(start, start + length)
}

const countOf = (value: unknown, name: string, { element, most }: { element: number; most: number }): number => {
  if (typeof value !== 'number') throw invalidArgumentType(name, 'number', value)
  const bytes = value * element
  if (Number.isNaN(bytes) || bytes > most || bytes < 0) throw outOfRange(name, `>= 0 && <= ${most}`, bytes)
  return Math.trunc(bytes)
}

export const randomFillSync = (target: unknown, offset?: unknown, size?: unknown): unknown => {
  fill(partOf(target, offset, size))
  return target
}

export const randomFill = (target: unknown, ...rest: unknown[]): void => {
  const callback = rest.find((one) => typeof one === 'function')
  if (!isBytes(target)) throw invalidArgumentType('buf', ['ArrayBuffer', 'ArrayBufferView'], target)
  requireFunction(callback ?? rest[2], 'callback')
  const [offset, size] = rest.map((one) => (typeof one === 'function' ? undefined : one))
  const part = partOf(target, offset, size)
  tell(callback, () => {
    fill(part)
    return [target]
  })
}

const largestRange = 2 ** 48

/** Drawn in advance: one number is most of what a call costs. */
export const randomInt = (...args: unknown[]): unknown => {
  const isMinimumLeftOut = args[1] === undefined || typeof args[1] === 'function'
  const [min, max, callback] = isMinimumLeftOut ? [0, args[0], args[1]] : args
  if (callback !== undefined) requireFunction(callback, 'callback')
  if (!Number.isSafeInteger(min)) throw invalidArgumentType('min', 'a safe integer', min)
  if (!Number.isSafeInteger(max)) throw invalidArgumentType('max', 'a safe integer', max)
  const range = (max as number) - (min as number)
  if (range <= 0) throw outOfRange('max', `greater than the value of "min" (${min})`, max)
  if (range >= largestRange) throw outOfRange(isMinimumLeftOut ? 'max' : 'max - min', `<= ${largestRange - 1}`, range)
  return answerOrTell(callback, () => draw('randomInt', min, max))
}

export const randomUUID = (options?: unknown): unknown => {
  requireOptions(options)
  return draw('randomUUID')
}

export const randomUUIDv7 = (options?: unknown): unknown => draw('randomUUIDv7', options)

const requireOptions = (options: unknown): void => {
  if (options === undefined) return
  if (typeof options !== 'object' || options === null) throw invalidArgumentType('options', 'Object', options)
  const { disableEntropyCache } = options as { disableEntropyCache?: unknown }
  if (disableEntropyCache !== undefined && typeof disableEntropyCache !== 'boolean')
    throw invalidArgumentType('options.disableEntropyCache', 'boolean', disableEntropyCache)
}

interface Pair {
  publicKey: unknown
  privateKey: unknown
}

export const generateKeyPairSync = (type: unknown, options?: unknown): Pair =>
  draw<Pair>('generateKeyPairSync', type, options)

export const generateKeyPair = (type: unknown, ...rest: unknown[]): void => {
  const [options, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest
  requireFunction(callback, 'callback')
  tell(callback, () => {
    const { publicKey, privateKey } = generateKeyPairSync(type, options)
    return [publicKey, privateKey]
  })
}
/** Two results become one object. */
Object.defineProperty(generateKeyPair, Symbol.for('nodejs.util.promisify.custom'), {
  value: (type: unknown, options?: unknown) =>
    new Promise((resolve, reject) => {
      generateKeyPair(type, options, (error: unknown, publicKey: unknown, privateKey: unknown) =>
        error ? reject(error) : resolve({ publicKey, privateKey }),
      )
    }),
})

export const generateKeySync = (type: unknown, options: unknown): KeyObject =>
  draw<KeyObject>('generateKeySync', type, options)

export const generateKey = (type: unknown, options: unknown, callback?: unknown): void => {
  requireFunction(callback, 'callback')
  tell(callback, () => [generateKeySync(type, options)])
}

export const generatePrimeSync = (size: unknown, options?: unknown): unknown => draw('generatePrimeSync', size, options)

export const generatePrime = (size: unknown, ...rest: unknown[]): void => {
  const [options, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest
  requireFunction(callback, 'callback')
  tell(callback, () => [generatePrimeSync(size, options)])
}

export const checkPrimeSync = (candidate: unknown, options?: unknown): unknown =>
  compute('checkPrimeSync', candidate, options)

export const checkPrime = (candidate: unknown, ...rest: unknown[]): void => {
  const [options, callback] = typeof rest[0] === 'function' ? [undefined, rest[0]] : rest
  requireFunction(callback, 'callback')
  tell(callback, () => [checkPrimeSync(candidate, options)])
}

export const secureHeapUsed = (): object => ({ total: 0, used: 0, utilization: 0, min: 0 })

/** `crypto.getRandomValues`, whose errors are those of the web. */
const mostValues = 65_536
const integerViews = ['Int8', 'Uint8', 'Uint8Clamped', 'Int16', 'Uint16', 'Int32', 'Uint32', 'BigInt64', 'BigUint64']

type MakeError = (message: string, name: string) => Error

export const fillValues = (target: unknown, exception: MakeError): unknown => {
  const kind = ArrayBuffer.isView(target)
    ? (target as { [Symbol.toStringTag]?: string })[Symbol.toStringTag]
    : undefined
  if (!integerViews.some((name) => kind === `${name}Array`))
    throw exception('The data argument must be an integer-type TypedArray', 'TypeMismatchError')
  const { byteLength } = target as ArrayBufferView
  if (byteLength > mostValues) throw exception(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError')
  fill(bytesOf(target as ArrayBufferView))
  return target
}
