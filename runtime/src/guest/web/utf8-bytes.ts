/** Text to bytes and back, as the Encoding standard says for UTF-8; `../utf8.ts` counts bytes only. */
import { charCodeAt, fromCodePoint, Uint8ArrayClass } from '../primordials.ts'
import { byteLength } from '../utf8.ts'

/** Half of a surrogate pair becomes U+FFFD. */
const codePointAt = (text: string, index: number): number => {
  const unit = charCodeAt(text, index)
  if (unit < 0xd800 || unit > 0xdfff) return unit
  const next = unit <= 0xdbff ? charCodeAt(text, index + 1) : 0
  return next >= 0xdc00 && next <= 0xdfff ? (unit - 0xd800) * 0x400 + next - 0xdc00 + 0x10000 : 0xfffd
}

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8ArrayClass(byteLength(text))
  let used = 0
  for (let index = 0; index < text.length; index++) {
    const point = codePointAt(text, index)
    if (point < 0x80) bytes[used++] = point
    else if (point < 0x800) {
      bytes[used++] = 0xc0 | (point >> 6)
      bytes[used++] = 0x80 | (point & 0x3f)
    } else if (point < 0x10000) {
      bytes[used++] = 0xe0 | (point >> 12)
      bytes[used++] = 0x80 | ((point >> 6) & 0x3f)
      bytes[used++] = 0x80 | (point & 0x3f)
    } else {
      bytes[used++] = 0xf0 | (point >> 18)
      bytes[used++] = 0x80 | ((point >> 12) & 0x3f)
      bytes[used++] = 0x80 | ((point >> 6) & 0x3f)
      bytes[used++] = 0x80 | (point & 0x3f)
      index += 1
    }
  }
  return bytes
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
  let text = ''
  for (let index = 0; index < bytes.length; ) {
    const byte = bytes[index] as number
    if (byte < 0x80) {
      text += fromCodePoint(byte)
      index += 1
      continue
    }
    const { point, end } = readCharacter(bytes, index)
    if (point === undefined) broken()
    text += fromCodePoint(point ?? 0xfffd)
    index = end
  }
  return text
}
