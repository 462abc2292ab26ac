/** `Buffer`, the function: makes Buffers of whatever an author has. */
import { invalidArgumentType, invalidArgumentValue, requireInteger, requireNumber } from '../../node-error.ts'
import { findEncoding, utf8 } from './encodings.ts'
import { bufferFrom, compareBytes, FastBuffer, isBytes, requireBytes } from './fast-buffer.ts'
import { createMethods, fillBuffer } from './methods.ts'
import { createNumberMethods } from './numbers.ts'

export const mostBytes = Number.MAX_SAFE_INTEGER

/** Node rounds the place in memory up to it; memory here has no places. */
const requireAlignment = (alignment: unknown): void => {
  if (alignment === undefined) return
  requireInteger(alignment, 'alignment', { least: 1, most: 2 ** 30 })
  if ((alignment & (alignment - 1)) !== 0) throw invalidArgumentValue('alignment', alignment, 'must be a power of two')
}

/** Filled with zeros: memory that others have left is nothing to hand out. */
const createZeros = (size: unknown, alignment?: unknown): FastBuffer => {
  requireNumber(size, 'size', { least: 0, most: mostBytes })
  requireAlignment(alignment)
  return new FastBuffer(size)
}

const requireList = (list: readonly unknown[]): void => {
  for (let index = 0; index < list.length; index++) requireBytes(list[index], `list[${index}]`)
}

const concatBytes = (list: readonly Uint8Array[], length: number): FastBuffer => {
  const whole = new FastBuffer(length)
  let used = 0
  for (const part of list) {
    const room = length - used
    whole.set(part.length > room ? part.subarray(0, room) : part, used)
    used += Math.min(part.length, room)
  }
  return whole
}

const statics = {
  from(value: unknown, encodingOrOffset: unknown, length: unknown): FastBuffer {
    return bufferFrom(value, encodingOrOffset, length)
  },
  copyBytesFrom(view: unknown, offset: unknown, length: unknown): FastBuffer {
    if (!ArrayBuffer.isView(view) || view instanceof DataView) throw invalidArgumentType('view', ['TypedArray'], view)
    if (offset !== undefined) requireInteger(offset, 'offset', { least: 0 })
    if (length !== undefined) requireInteger(length, 'length', { least: 0 })
    const { buffer, byteOffset, length: count, BYTES_PER_ELEMENT: size } = view as Uint8Array<ArrayBuffer>
    const start = Math.min(offset ?? 0, count)
    const end = Math.min(length === undefined ? count : start + length, count)
    return new FastBuffer(new FastBuffer(buffer, byteOffset + start * size, (end - start) * size))
  },
  of(...items: number[]): FastBuffer {
    return new FastBuffer(items)
  },
  alloc(size: unknown, fill: unknown, encoding: unknown): FastBuffer {
    const buffer = createZeros(size)
    return fill === undefined || fill === 0 || buffer.length === 0
      ? buffer
      : fillBuffer(buffer, fill, 0, buffer.length, encoding)
  },
  allocUnsafe(size: unknown, alignment: unknown): FastBuffer {
    return createZeros(size, alignment)
  },
  allocUnsafeSlow(size: unknown, alignment: unknown): FastBuffer {
    return createZeros(size, alignment)
  },
  isBuffer(value: unknown): boolean {
    return value instanceof FastBuffer
  },
  compare(left: unknown, right: unknown): number {
    requireBytes(left, 'buf1')
    requireBytes(right, 'buf2')
    return compareBytes(left, right)
  },
  isEncoding(encoding: unknown): boolean {
    return typeof encoding === 'string' && findEncoding(encoding) !== undefined
  },
  concat(list: unknown, length: unknown): FastBuffer {
    if (!Array.isArray(list)) throw invalidArgumentType('list', 'Array', list)
    if (list.length === 0) return new FastBuffer()
    if (length !== undefined) requireInteger(length, 'length', { least: 0 })
    requireList(list)
    return concatBytes(list, length ?? list.reduce((sum: number, part: Uint8Array) => sum + part.length, 0))
  },
  byteLength(text: unknown, encoding: unknown): number {
    if (typeof text === 'string') return (findEncoding(encoding || 'utf8') ?? utf8).sizeOf(text)
    if (ArrayBuffer.isView(text) || text instanceof ArrayBuffer) return text.byteLength
    throw invalidArgumentType('string', ['string', 'Buffer', 'ArrayBuffer'], text)
  },
}

/** With and without `new`, as old packages call it. */
export const Buffer = Object.assign(function Buffer(value: unknown, encodingOrOffset: unknown, length: unknown) {
  if (typeof value !== 'number') return bufferFrom(value, encodingOrOffset, length)
  if (typeof encodingOrOffset === 'string') throw invalidArgumentType('string', 'string', value)
  return statics.alloc(value, undefined, undefined)
}, statics)

/** `undefined` for what is no Buffer, such as the prototype itself. */
const viewGetter = (read: (buffer: FastBuffer) => unknown) => ({
  get(this: unknown) {
    return isBytes(this) && this instanceof FastBuffer ? read(this) : undefined
  },
  enumerable: true,
})

const complete = (): void => {
  Object.setPrototypeOf(Buffer, Uint8Array)
  // The bundler may have given it another one.
  Object.defineProperty(Buffer, 'name', { value: 'Buffer' })
  Object.defineProperty(Buffer, 'prototype', { value: FastBuffer.prototype, enumerable: false, writable: true })
  Object.defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, configurable: true })
  Object.assign(Buffer, { poolSize: 64 * 1024 })
  Object.assign(FastBuffer.prototype, createNumberMethods(), createMethods())
  Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, configurable: true, writable: true })
  Object.defineProperty(
    FastBuffer.prototype,
    'parent',
    viewGetter(({ buffer }) => buffer),
  )
  Object.defineProperty(
    FastBuffer.prototype,
    'offset',
    viewGetter(({ byteOffset }) => byteOffset),
  )
}
complete()
