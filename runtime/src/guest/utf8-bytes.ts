/** Text to bytes and back, as the Encoding standard says for UTF-8; `utf8.ts` counts bytes only. */
import { apply, charCodeAt, fromCharCode, min, Uint8ArrayClass, Uint16ArrayClass } from './primordials.ts'
import { byteLength } from './utf8.ts'

/** Half of a surrogate pair becomes U+FFFD. */
const codePointAt = (text: string, index: number): number => {
  const unit = charCodeAt(text, index)
  if (unit < 0xd800 || unit > 0xdfff) return unit
  const next = unit <= 0xdbff ? charCodeAt(text, index + 1) : 0
  return next >= 0xdc00 && next <= 0xdfff ? (unit - 0xd800) * 0x400 + next - 0xdc00 + 0x10000 : 0xfffd
}

const sizeOf = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)

interface Room {
  bytes: Uint8Array
  start: number
  end: number
}

/** Writes whole characters until the room or the text ends. Tells the code units it has read, and the bytes written. */
export const encodeUtf8Into = (text: string, { bytes, start, end }: Room): { read: number; written: number } => {
  let used = start
  let index = 0
  while (index < text.length) {
    const point = codePointAt(text, index)
    const size = sizeOf(point)
    if (used + size > end) break
    if (size === 1) bytes[used] = point
    else {
      for (let at = size - 1, rest = point; at > 0; at--, rest >>= 6) bytes[used + at] = 0x80 | (rest & 0x3f)
      bytes[used] = ((0xf00 >> size) & 0xff) | (point >> (6 * (size - 1)))
    }
    used += size
    index += size === 4 ? 2 : 1
  }
  return { read: index, written: used - start }
}

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8ArrayClass(byteLength(text))
  encodeUtf8Into(text, { bytes, start: 0, end: bytes.length })
  return bytes
}

/** As many as one call of a function may have as arguments, with room to spare. */
const mostUnits = 4_096

/** The text of which each element is one code unit. */
export const textOfUnits = (units: Uint8Array | Uint16Array): string => {
  const { buffer, byteOffset, length, BYTES_PER_ELEMENT: size } = units
  if (length <= mostUnits + 1) return apply(fromCharCode, undefined, units as never)
  const View = size === 1 ? Uint8ArrayClass : Uint16ArrayClass
  let text = ''
  for (let start = 0; start < length; start += mostUnits)
    text += apply(
      fromCharCode,
      undefined,
      new View(buffer as ArrayBuffer, byteOffset + start * size, min(mostUnits, length - start)) as never,
    )
  return text
}

/** By its first byte: how many bytes a character has, the bits of the first, and what the second may be. */
const leadOf = (byte: number): { more: number; bits: number; low: number; high: number } | undefined => {
  if (byte >= 0xc2 && byte <= 0xdf) return { more: 1, bits: byte & 0x1f, low: 0x80, high: 0xbf }
  if (byte >= 0xe0 && byte <= 0xef)
    return { more: 2, bits: byte & 0x0f, low: byte === 0xe0 ? 0xa0 : 0x80, high: byte === 0xed ? 0x9f : 0xbf }
  if (byte >= 0xf0 && byte <= 0xf4)
    return { more: 3, bits: byte & 0x07, low: byte === 0xf0 ? 0x90 : 0x80, high: byte === 0xf4 ? 0x8f : 0xbf }
  return undefined
}

/** The character at `index` and the index after it; `undefined` as a point where the bytes there are none. */
const readCharacter = (bytes: Uint8Array, index: number): { point: number | undefined; end: number } => {
  const lead = leadOf(bytes[index] as number)
  if (lead === undefined) return { point: undefined, end: index + 1 }
  let point = lead.bits
  let { low, high } = lead
  for (let step = 1; step <= lead.more; step++) {
    const byte = bytes[index + step]
    if (byte === undefined || byte < low || byte > high) return { point: undefined, end: index + step }
    point = (point << 6) | (byte & 0x3f)
    low = 0x80
    high = 0xbf
  }
  return { point, end: index + lead.more + 1 }
}

/** What is no UTF-8 becomes U+FFFD, or is given to `broken`, which may throw. */
export const decodeUtf8 = (bytes: Uint8Array, broken: () => void = () => {}): string => {
  const { length } = bytes
  const units = new Uint16ArrayClass(min(length, mostUnits) + 1)
  let text = ''
  let used = 0
  for (let index = 0; index < length; ) {
    const byte = bytes[index] as number
    if (byte < 0x80) {
      units[used++] = byte
      index += 1
    } else {
      const { point: read, end } = readCharacter(bytes, index)
      if (read === undefined) broken()
      const point = read ?? 0xfffd
      if (point >= 0x10000) units[used++] = 0xd7c0 + (point >> 10)
      units[used++] = point < 0x10000 ? point : 0xdc00 | (point & 0x3ff)
      index = end
    }
    if (used >= mostUnits) {
      text += textOfUnits(new Uint16ArrayClass(units.buffer, 0, used))
      used = 0
    }
  }
  return text + textOfUnits(new Uint16ArrayClass(units.buffer, 0, used))
}
