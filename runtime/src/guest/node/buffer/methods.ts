/** What every Buffer can do besides reading and writing numbers. */
import { inspectValue } from '../../formatter.ts'
import {
  invalidArgumentType,
  invalidArgumentValue,
  nodeError,
  outOfRange,
  requireInteger,
  requireNumber,
  requireString,
} from '../../node-error.ts'
import { type Encoding, findEncoding, utf8 } from './encodings.ts'
import { compareBytes, encodingOf, FastBuffer, isBytes, requireBytes } from './fast-buffer.ts'
import { outOfBounds } from './numbers.ts'
import { searchBuffer } from './search.ts'

const most = Number.MAX_SAFE_INTEGER

const requireOffset = (value: unknown, name: string, limit = most): number => {
  requireInteger(value, name, { least: 0, most: limit })
  return value
}

/** Integers up to 2^53, downwards; for anything else what is usual. */
const toInteger = (value: unknown, usual: number): number => {
  const number = +(value as number)
  return Number.isSafeInteger(Math.floor(number)) ? Math.floor(number) : usual
}

function copy(this: Uint8Array, target: Uint8Array, ...places: unknown[]): number {
  const [targetStart, sourceStart, sourceEnd] = places
  if (!ArrayBuffer.isView(this)) throw invalidArgumentType('source', ['Buffer', 'Uint8Array'], this)
  if (!ArrayBuffer.isView(target)) throw invalidArgumentType('target', ['Buffer', 'Uint8Array'], target)
  const to = targetStart === undefined ? 0 : toInteger(targetStart, 0)
  if (to < 0) throw outOfRange('targetStart', '>= 0', to)
  const from = sourceStart === undefined ? 0 : toInteger(sourceStart, 0)
  if (from < 0 || from > this.byteLength) throw outOfRange('sourceStart', `>= 0 && <= ${this.byteLength}`, from)
  const end = sourceEnd === undefined ? this.byteLength : toInteger(sourceEnd, 0)
  if (end < 0) throw outOfRange('sourceEnd', '>= 0', end)
  if (to >= target.byteLength || from >= end) return 0
  const count = Math.min(end - from, target.byteLength - to, this.byteLength - from)
  const source = new Uint8Array(this.buffer, this.byteOffset + from, count)
  new Uint8Array(target.buffer, target.byteOffset, target.byteLength).set(source, to)
  return count
}

function toText(this: Uint8Array, ...[encoding, start, end]: unknown[]): string {
  const { length } = this
  const from = (start as number) <= 0 ? 0 : Math.trunc(start as number) || 0
  const to = end === undefined || (end as number) > length ? length : Math.trunc(end as number) || 0
  if (from >= length || to <= from) return ''
  const { read } = encodingOf(encoding)
  return read(from === 0 && to === length ? this : new Uint8Array(this.buffer, this.byteOffset + from, to - from))
}

/** The bytes that are written again and again. */
const patternOf = (value: string | Uint8Array, encoding: Encoding): Uint8Array => {
  if (isBytes(value)) return value
  const bytes = new FastBuffer(encoding.sizeOf(value))
  return bytes.subarray(0, encoding.write(value, bytes))
}

const fillEncoding = (name: unknown): Encoding => {
  if (name === undefined || name === null) return utf8
  const found = typeof name === 'string' ? findEncoding(name) : undefined
  if (found !== undefined) return found
  requireString(name, 'encoding')
  return encodingOf(name)
}

const fillWithPattern = (range: Uint8Array, value: string | Uint8Array, encoding: Encoding): void => {
  const pattern = patternOf(value, encoding)
  if (pattern.length === 0) throw invalidArgumentValue('value', value)
  range.set(pattern.subarray(0, range.length))
  for (let filled = pattern.length; filled < range.length; filled *= 2)
    range.copyWithin(filled, 0, Math.min(filled, range.length - filled))
}

/** `fill(value, offset, end, encoding)`; the encoding of a text may stand where the offset or the end would. */
export function fillBuffer<B extends Uint8Array>(buffer: B, value: unknown, ...places: unknown[]): B {
  let [offset, end, encoding] = places
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') [offset, end, encoding] = [0, buffer.length, offset]
    else if (typeof end === 'string') [end, encoding] = [buffer.length, end]
  } else encoding = undefined
  const coding = fillEncoding(encoding)
  const from = offset === undefined ? 0 : requireOffset(offset, 'offset')
  const to = offset === undefined || end === undefined ? buffer.length : requireOffset(end, 'end', buffer.length)
  if (from >= to) return buffer
  const range = new Uint8Array(buffer.buffer, buffer.byteOffset + from, to - from)
  if ((typeof value === 'string' && value !== '') || isBytes(value)) fillWithPattern(range, value, coding)
  else range.fill(typeof value === 'string' ? 0 : (value as number) & 255)
  return buffer
}

const writeAt = (buffer: Uint8Array, text: unknown, range: { from: number; length: number; encoding: Encoding }) => {
  if (typeof text !== 'string') throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string')
  return range.encoding.write(text, new Uint8Array(buffer.buffer, buffer.byteOffset + range.from, range.length))
}

function write(this: Uint8Array, text: unknown, ...places: unknown[]): number {
  let [offset, length, encoding] = places
  if (length === undefined && typeof offset === 'string') [encoding, offset] = [offset, undefined]
  const from = offset === undefined ? 0 : requireOffset(offset, 'offset', this.length)
  if (typeof length === 'string') [encoding, length] = [length, undefined]
  const remaining = this.length - from
  const count =
    offset === undefined || length === undefined
      ? remaining
      : Math.min(requireOffset(length, 'length', this.length), remaining)
  const coding = encoding ? encodingOf(encoding) : utf8
  return writeAt(this, text, { from, length: count, encoding: coding })
}

const clampIndex = (given: unknown, length: number): number => {
  const index = Math.trunc(given as number) || 0
  return index < 0 ? Math.max(index + length, 0) : Math.min(index, length)
}

function subarray(this: Uint8Array<ArrayBuffer>, start: unknown, end?: unknown): FastBuffer {
  const from = clampIndex(start, this.length)
  const to = end === undefined ? this.length : clampIndex(end, this.length)
  return new FastBuffer(this.buffer, this.byteOffset + from, Math.max(to - from, 0))
}

function compare(this: Uint8Array, target: Uint8Array, ...places: unknown[]): number {
  requireBytes(target, 'target')
  const [targetStart, targetEnd, sourceStart, sourceEnd] = places
  const from = targetStart === undefined ? 0 : requireOffset(targetStart, 'targetStart')
  const to = targetEnd === undefined ? target.length : requireOffset(targetEnd, 'targetEnd', target.length)
  const ownFrom = sourceStart === undefined ? 0 : requireOffset(sourceStart, 'sourceStart')
  const ownTo = sourceEnd === undefined ? this.length : requireOffset(sourceEnd, 'sourceEnd', this.length)
  if (ownFrom >= ownTo) return from >= to ? 0 : -1
  if (from >= to) return 1
  return compareBytes(this.subarray(ownFrom, ownTo), target.subarray(from, to))
}

const swapBytes = (buffer: Uint8Array, size: 2 | 4 | 8): Uint8Array => {
  if (buffer.length % size !== 0)
    throw nodeError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`)
  for (let start = 0; start < buffer.length; start += size) buffer.subarray(start, start + size).reverse()
  return buffer
}

export const inspection = { mostBytes: 50 }

/** What there is besides the bytes, as Node prints it after them. */
const inspectExtras = (buffer: Uint8Array, context: { showHidden?: boolean }): string => {
  const names = Object.keys(Object.getOwnPropertyDescriptors(buffer)).filter((name) => !/^\d+$/.test(name))
  if (names.length === 0) return ''
  const extras = Object.fromEntries(names.map((name) => [name, (buffer as never)[name]]))
  const shown = inspectValue(extras, { ...context, breakLength: Infinity, compact: true }).slice(2, -2)
  return buffer.length === 0 ? shown : `, ${shown}`
}

function inspect(this: Uint8Array, _depth: unknown, context: unknown): string {
  const { mostBytes } = inspection
  const pairs = Array.from(this.subarray(0, mostBytes), (byte) => byte.toString(16).padStart(2, '0'))
  const more = this.length - mostBytes
  const rest = more > 0 ? ` ... ${more} more byte${more > 1 ? 's' : ''}` : ''
  const extras = context ? inspectExtras(this, context) : ''
  return `<${this.constructor.name} ${pairs.join(' ')}${rest}${extras}>`
}

const methods = {
  copy,
  toString: toText,
  equals(this: Uint8Array, other: unknown): boolean {
    if (!isBytes(other)) throw invalidArgumentType('otherBuffer', ['Buffer', 'Uint8Array'], other)
    return this === other || (this.length === other.length && compareBytes(this, other) === 0)
  },
  inspect,
  [Symbol.for('nodejs.util.inspect.custom')]: inspect,
  compare,
  indexOf(this: Uint8Array, value: unknown, ...[offset, end, encoding]: unknown[]): number {
    return searchBuffer(this, { value, offset, end, encoding }, 'forwards')
  },
  lastIndexOf(this: Uint8Array, value: unknown, ...[offset, end, encoding]: unknown[]): number {
    return searchBuffer(this, { value, offset, end, encoding }, 'backwards')
  },
  includes(this: Uint8Array, value: unknown, ...[offset, end, encoding]: unknown[]): boolean {
    return searchBuffer(this, { value, offset, end, encoding }, 'forwards') !== -1
  },
  fill(this: Uint8Array, value: unknown, ...places: unknown[]) {
    return fillBuffer(this, value, ...places)
  },
  write,
  toJSON(this: Uint8Array): { type: 'Buffer'; data: number[] } {
    return { type: 'Buffer', data: Array.from(this) }
  },
  subarray,
  slice(this: Uint8Array, start: unknown, end: unknown) {
    return this.subarray(start as number, end as number)
  },
  swap16(this: Uint8Array) {
    return swapBytes(this, 2)
  },
  swap32(this: Uint8Array) {
    return swapBytes(this, 4)
  },
  swap64(this: Uint8Array) {
    return swapBytes(this, 8)
  },
  toLocaleString: toText,
}

const lengths: Record<string, number> = {
  copy: 4,
  toString: 3,
  inspect: 2,
  compare: 5,
  indexOf: 4,
  lastIndexOf: 4,
  includes: 4,
  fill: 4,
  write: 4,
  subarray: 2,
}

/** `utf8Slice`, `hexWrite` and their kin: undocumented, and called by old packages. */
const codingMethods = (): Record<string, unknown> => {
  const made: Record<string, unknown> = {}
  for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
    const encoding = encodingOf(name)
    made[`${name}Slice`] = (() =>
      function (this: Uint8Array, start: number, end: number) {
        const to = end === undefined ? this.length : end
        const from = start === undefined ? 0 : start
        if (from < 0 || to < 0 || to > this.length)
          throw nodeError(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range')
        return to <= from ? '' : encoding.read(this.subarray(from, to))
      })()
    made[`${name}Write`] = (() =>
      // biome-ignore lint/complexity/useMaxParams: three, as Node's
      function (this: Uint8Array, text: string, offset: number, length: number) {
        const from = offset === undefined ? 0 : +offset
        if (from < 0 || from > this.length) throw outOfBounds('offset')
        const count = length === undefined ? this.length - from : +length
        if (count < 0 || count > this.length - from) throw outOfBounds('length')
        return writeAt(this, text, { from, length: count, encoding })
      })()
  }
  return made
}

/** In the order Node has them; each can be enumerated, as there. */
export const createMethods = (): object => {
  for (const [name, length] of Object.entries(lengths))
    Object.defineProperty(methods[name as keyof typeof methods], 'length', { value: length })
  Object.defineProperty(toText, 'name', { value: 'toString' })
  return { ...codingMethods(), ...methods }
}

export const setMostInspected = (value: unknown): void => {
  requireNumber(value, 'INSPECT_MAX_BYTES', { least: 0 })
  inspection.mostBytes = value
}
