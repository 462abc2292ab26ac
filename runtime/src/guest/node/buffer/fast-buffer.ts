/** The class whose instances all Buffers are. What `Buffer` itself adds, a function that may be called without `new`, is elsewhere. */
import { invalidArgumentType, unknownEncoding } from '../../node-error.ts'
import { type Encoding, findEncoding, utf8 } from './encodings.ts'
import { outOfBounds } from './numbers.ts'

export class FastBuffer extends Uint8Array {
  declare readonly buffer: ArrayBuffer
}

export const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array

export function requireBytes(value: unknown, name: string): asserts value is Uint8Array {
  if (!isBytes(value)) throw invalidArgumentType(name, ['Buffer', 'Uint8Array'], value)
}

/** The encoding an author names; UTF-8 where none is named. */
export const encodingOf = (name: unknown): Encoding => {
  const found = name === undefined ? utf8 : findEncoding(name)
  if (found === undefined) throw unknownEncoding(name)
  return found
}

const isArrayBuffer = (value: unknown): value is ArrayBuffer => value instanceof ArrayBuffer

const fromText = (text: string, name: unknown): FastBuffer => {
  const encoding = !name || typeof name !== 'string' ? utf8 : encodingOf(name)
  const buffer = new FastBuffer(encoding.sizeOf(text))
  const written = encoding.write(text, buffer)
  return written === buffer.length ? buffer : new FastBuffer(buffer.buffer, 0, written)
}

const fromArrayBuffer = (source: ArrayBuffer, givenOffset: unknown, givenLength: unknown): FastBuffer => {
  const offset = givenOffset === undefined ? 0 : +(givenOffset as number) || 0
  const most = source.byteLength - offset
  if (most < 0) throw outOfBounds('offset')
  if (givenLength === undefined) return new FastBuffer(source, offset)
  const length = +(givenLength as number)
  if (length > most) throw outOfBounds('length')
  return new FastBuffer(source, offset, Math.max(length || 0, 0))
}

const fromArrayLike = (source: ArrayLike<number>): FastBuffer =>
  source.length > 0 ? new FastBuffer(source) : new FastBuffer()

interface Source {
  length?: unknown
  buffer?: unknown
  type?: unknown
  data?: unknown
  [Symbol.toPrimitive]?: unknown
}

const fromObject = (source: Source): FastBuffer | undefined => {
  if (source.length !== undefined || isArrayBuffer(source.buffer))
    return typeof source.length === 'number' ? fromArrayLike(source as ArrayLike<number>) : new FastBuffer()
  if (source.type === 'Buffer' && Array.isArray(source.data)) return fromArrayLike(source.data)
  const toPrimitive = source[Symbol.toPrimitive]
  const primitive = typeof toPrimitive === 'function' ? toPrimitive.call(source, 'string') : undefined
  return typeof primitive === 'string' ? fromText(primitive, undefined) : undefined
}

/** `Buffer.from`. */
export const bufferFrom = (value: unknown, encodingOrOffset?: unknown, length?: unknown): FastBuffer => {
  if (typeof value === 'string') return fromText(value, encodingOrOffset)
  if (typeof value === 'object' && value !== null) {
    if (isArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length)
    const inner: unknown = value.valueOf?.()
    const isOther = inner !== value && inner !== null && (typeof inner === 'string' || typeof inner === 'object')
    if (isOther) return bufferFrom(inner, encodingOrOffset, length)
    const buffer = fromObject(value)
    if (buffer !== undefined) return buffer
  }
  const expected = ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object']
  throw invalidArgumentType('first argument', expected, value)
}

export const compareBytes = (left: Uint8Array, right: Uint8Array): -1 | 0 | 1 => {
  const common = Math.min(left.length, right.length)
  for (let index = 0; index < common; index++) {
    const difference = (left[index] as number) - (right[index] as number)
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  return left.length === right.length ? 0 : left.length < right.length ? -1 : 1
}
