/** `indexOf`, `lastIndexOf` and `includes` of a Buffer. */
import { invalidArgumentType } from '../../node-error.ts'
import { type EncodingName, findEncoding } from './encodings.ts'
import { encodingOf, FastBuffer, isBytes } from './fast-buffer.ts'

type Direction = 'forwards' | 'backwards'

interface Search {
  haystack: Uint8Array
  needle: Uint8Array
  /** An index, from the end where it is negative. */
  offset: number
  direction: Direction
  /** Bytes from one place to look at to the next. */
  step: 1 | 2
}

/** The first place to look at; -1 where there is none. */
const startOf = ({ haystack, needle, offset, direction }: Search): number => {
  const { length } = haystack
  if (offset < 0) {
    if (offset + length >= 0) return offset + length
    return direction === 'forwards' || needle.length === 0 ? 0 : -1
  }
  if (offset + needle.length <= length) return offset
  if (needle.length === 0) return length
  return direction === 'forwards' ? -1 : length - 1
}

/** Not a Buffer's own, which ends up here. */
const { indexOf: indexOfByte } = Uint8Array.prototype

const isAt = (haystack: Uint8Array, needle: Uint8Array, start: number): boolean => {
  for (let index = 0; index < needle.length; index++) if (haystack[start + index] !== needle[index]) return false
  return true
}

const find = (search: Search): number => {
  const { haystack, needle, direction, step } = search
  const start = startOf(search)
  if (needle.length === 0) return start
  const last = haystack.length - needle.length
  if (start < 0 || last < 0 || needle.length < step) return -1
  const aligned = start - (start % step)
  if (direction === 'backwards') {
    for (let at = Math.min(aligned, last - (last % step)); at >= 0; at -= step)
      if (isAt(haystack, needle, at)) return at
    return -1
  }
  const [first = 0] = needle
  for (let at = aligned; at <= last; at += step) {
    if (step === 1) at = indexOfByte.call(haystack, first, at)
    if (at === -1 || at > last) return -1
    if (isAt(haystack, needle, at)) return at
  }
  return -1
}

const toOffset = (given: unknown, fallback: number): number => {
  const offset = Math.trunc(+(given as number))
  if (Number.isNaN(offset)) return fallback
  return Math.min(Math.max(offset, -0x80000000), 0x7fffffff)
}

const toNeedle = (value: unknown, encoding: unknown): { needle: Uint8Array; name: EncodingName } => {
  if (typeof value === 'number') return { needle: new Uint8Array([value]), name: 'latin1' }
  if (typeof value === 'string') {
    const { name, sizeOf, write } = encodingOf(encoding)
    const bytes = new FastBuffer(sizeOf(value))
    return { needle: bytes.subarray(0, write(value, bytes)), name }
  }
  if (isBytes(value)) return { needle: value, name: findEncoding(encoding)?.name ?? 'utf8' }
  throw invalidArgumentType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value)
}

interface Given {
  value: unknown
  offset: unknown
  end: unknown
  encoding: unknown
}

/** The arguments as an author gives them: an encoding may stand in the place of what comes before it. */
export const searchBuffer = (buffer: Uint8Array, given: Given, direction: Direction): number => {
  if (!ArrayBuffer.isView(buffer)) throw invalidArgumentType('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer)
  let { offset, end, encoding } = given
  if (typeof end === 'string') {
    encoding = end
    end = undefined
  }
  if (typeof offset === 'string') {
    encoding = offset
    offset = undefined
  }
  const { needle, name } = toNeedle(given.value, encoding)
  const haystack = end === undefined ? buffer : buffer.subarray(0, Math.max(0, +(end as number) || 0))
  const start = toOffset(offset, direction === 'forwards' ? 0 : buffer.length)
  return find({ haystack, needle, offset: start, direction, step: name === 'utf16le' ? 2 : 1 })
}
