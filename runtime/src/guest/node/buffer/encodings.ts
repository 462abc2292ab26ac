/** The encodings of `Buffer`, each as the same three functions, and the names they go by. */
import { type Alphabet, mostBytesOf, toBase64, writeBase64 } from '../../base64.ts'
import { byteLength } from '../../utf8.ts'
import { decodeUtf8, encodeUtf8Into, textOfUnits } from '../../utf8-bytes.ts'

export type EncodingName = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex'

export interface Encoding {
  readonly name: EncodingName
  /** Bytes that `text` takes; may be too many where `text` is not what the encoding writes. */
  sizeOf(text: string): number
  /** Writes as much of `text` as there is room for, and answers the bytes written. */
  write(text: string, bytes: Uint8Array): number
  read(bytes: Uint8Array): string
}

const writeUnits = (text: string, bytes: Uint8Array): number => {
  const count = Math.min(text.length, bytes.length)
  for (let index = 0; index < count; index++) bytes[index] = text.charCodeAt(index)
  return count
}

const utf8: Encoding = {
  name: 'utf8',
  sizeOf: byteLength,
  write: (text, bytes) => encodeUtf8Into(text, { bytes, start: 0, end: bytes.length }).written,
  read: (bytes) => decodeUtf8(bytes),
}

const utf16le: Encoding = {
  name: 'utf16le',
  sizeOf: (text) => text.length * 2,
  write: (text, bytes) => {
    const count = Math.min(text.length, bytes.length >> 1)
    for (let index = 0; index < count; index++) {
      const unit = text.charCodeAt(index)
      bytes[2 * index] = unit
      bytes[2 * index + 1] = unit >> 8
    }
    return count * 2
  },
  read: (bytes) => {
    const units = new Uint16Array(bytes.length >> 1)
    for (let index = 0; index < units.length; index++)
      units[index] = (bytes[2 * index] as number) | ((bytes[2 * index + 1] as number) << 8)
    return textOfUnits(units)
  },
}

const latin1: Encoding = {
  name: 'latin1',
  sizeOf: (text) => text.length,
  write: writeUnits,
  read: (bytes) => textOfUnits(bytes),
}

const ascii: Encoding = {
  name: 'ascii',
  sizeOf: (text) => text.length,
  write: writeUnits,
  read: (bytes) => textOfUnits(Uint8Array.from(bytes, (byte) => byte & 0x7f)),
}

const base64Of = (name: Alphabet): Encoding => ({
  name,
  sizeOf: mostBytesOf,
  write: (text, bytes) => writeBase64(text, bytes, name),
  read: (bytes) => toBase64(bytes, name),
})

/** -1 for what is no hexadecimal digit. */
const digitOf = (unit: number): number => {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30
  const letter = unit & ~0x20
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : -1
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const hex: Encoding = {
  name: 'hex',
  sizeOf: (text) => text.length >>> 1,
  /** Ends at what is no pair of digits. */
  write: (text, bytes) => {
    const count = Math.min(text.length >>> 1, bytes.length)
    for (let index = 0; index < count; index++) {
      const high = digitOf(text.charCodeAt(2 * index))
      const low = digitOf(text.charCodeAt(2 * index + 1))
      if (high === -1 || low === -1) return index
      bytes[index] = high * 16 + low
    }
    return count
  },
  read: (bytes) => {
    let text = ''
    for (let index = 0; index < bytes.length; index++) text += hexOf[bytes[index] as number]
    return text
  },
}

const byName = new Map<string, Encoding>([
  ['utf8', utf8],
  ['utf-8', utf8],
  ['ucs2', utf16le],
  ['ucs-2', utf16le],
  ['utf16le', utf16le],
  ['utf-16le', utf16le],
  ['latin1', latin1],
  ['binary', latin1],
  ['ascii', ascii],
  ['base64', base64Of('base64')],
  ['base64url', base64Of('base64url')],
  ['hex', hex],
])

export { utf8 }

/** In any case; `undefined` for what nobody knows. */
export const findEncoding = (name: unknown): Encoding | undefined => {
  const text = `${name}`
  return byName.get(text) ?? byName.get(text.toLowerCase())
}
