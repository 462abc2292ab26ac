/**
 * Base64 as Node reads and writes it. V8's own conversion is used where there is one, which is not so while a snapshot is made,
 * and where it agrees: Node skips what is none of the alphabet, V8 refuses it.
 */
import { apply, charCodeAt, min, ownProperty, Uint8ArrayClass } from './primordials.ts'
import { textOfUnits } from './utf8-bytes.ts'

type Bytes = Uint8Array<ArrayBuffer>
export type Alphabet = 'base64' | 'base64url'

interface Native {
  setFromBase64(this: Uint8Array, text: string, options: object): { read: number; written: number }
  toBase64(this: Uint8Array, options: object): string
}

/** Without a getter: a module that is loaded for a snapshot has not looked for it. */
const native = <Name extends keyof Native>(name: Name): Native[Name] | undefined =>
  ownProperty(Uint8ArrayClass.prototype, name)?.value as Native[Name] | undefined

const common = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const lastTwo: Record<Alphabet, string> = { base64: '+/', base64url: '-_' }

const encode = (bytes: Uint8Array, alphabet: Alphabet): string => {
  const digits = common + lastTwo[alphabet]
  const units = new Uint8ArrayClass((((bytes.length + 2) / 3) | 0) * 4)
  let used = 0
  for (let index = 0; index < bytes.length; index += 3) {
    const three = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0)
    const given = min(bytes.length - index, 3)
    for (let digit = 0; digit < 4; digit++) {
      if (digit <= given) units[used++] = charCodeAt(digits, (three >> (18 - 6 * digit)) & 63)
      else if (alphabet === 'base64') units[used++] = 0x3d
    }
  }
  return textOfUnits(new Uint8ArrayClass(units.buffer, 0, used))
}

export const toBase64 = (bytes: Uint8Array, alphabet: Alphabet = 'base64'): string => {
  const convert = native('toBase64')
  if (convert === undefined) return encode(bytes, alphabet)
  return apply(convert, bytes, [{ alphabet, omitPadding: alphabet === 'base64url' }])
}

/** The value of a digit of either alphabet; -1 for what is none. */
const digitValue = (unit: number): number => {
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x41
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x47
  if (unit >= 0x30 && unit <= 0x39) return unit + 4
  if (unit === 0x2b || unit === 0x2d) return 62
  return unit === 0x2f || unit === 0x5f ? 63 : -1
}

/** Skips what is no digit, ends at the padding, drops a last digit that stands alone. Answers the bytes written. */
const decodeInto = (text: string, bytes: Uint8Array): number => {
  let bits = 0
  let count = 0
  let used = 0
  for (let index = 0; index < text.length && used < bytes.length; index++) {
    // As Node, which looks at one byte of each.
    const unit = charCodeAt(text, index) & 0xff
    if (unit === 0x3d) break
    const value = digitValue(unit)
    if (value === -1) continue
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes[used++] = bits >> count
  }
  return used
}

/** Writes what `text` stands for, as far as there is room, and answers how many bytes that are. */
export const writeBase64 = (text: string, bytes: Uint8Array, alphabet: Alphabet): number => {
  const convert = native('setFromBase64')
  // Below this, the call costs more than it saves; and V8 never writes a part of three bytes.
  if (convert === undefined || text.length < 32 || bytes.length < mostBytesOf(text)) return decodeInto(text, bytes)
  try {
    return apply(convert, bytes, [text, { alphabet }]).written
  } catch {
    return decodeInto(text, bytes)
  }
}

/** How many bytes `text` may stand for: exact where there is nothing in it but digits and padding. */
export const mostBytesOf = (text: string): number => {
  let digits = text.length
  if (digits > 0 && charCodeAt(text, digits - 1) === 0x3d) digits -= 1
  if (digits > 1 && charCodeAt(text, digits - 1) === 0x3d) digits -= 1
  return (digits * 3) >>> 2
}

export const fromBase64 = (text: string): Bytes => {
  const bytes = new Uint8ArrayClass(mostBytesOf(text))
  const written = writeBase64(text, bytes, 'base64')
  return written === bytes.length ? bytes : new Uint8ArrayClass(bytes.buffer, 0, written)
}
