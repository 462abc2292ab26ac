/** Encodings that bytes can be read in, by their names in the Encoding standard, and the labels they go by. */
import { decodeUtf8, textOfUnits } from '../utf8-bytes.ts'

export interface Decoder {
  /** `broken` is told of what stands for no character, before U+FFFD takes its place; it may throw. */
  decode(bytes: Uint8Array, broken: () => void): string
  /** Where the last character ends that is whole. */
  wholeUntil(bytes: Uint8Array): number
  /** Whether U+FEFF at the beginning says which encoding it is. */
  hasMark: boolean
}

/** How many bytes the character has that begins with this one. */
const sizeAfter = (byte: number): number => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1)

const utf8: Decoder = {
  decode: decodeUtf8,
  wholeUntil: (bytes) => {
    const { length } = bytes
    for (let back = 1; back <= Math.min(3, length); back++) {
      const byte = bytes[length - back] as number
      if (byte < 0x80) return length
      // What can be no beginning, or has the wrong second byte, is broken already: it waits for nothing.
      if (byte >= 0xc0)
        return sizeAfter(byte) > back && isBeginning(bytes.subarray(length - back)) ? length - back : length
    }
    return length
  },
  hasMark: true,
}

const isBeginning = (bytes: Uint8Array): boolean => {
  let count = 0
  decodeUtf8(bytes, () => {
    count += 1
  })
  return count === 1 && (bytes[0] as number) >= 0xc2 && (bytes[0] as number) <= 0xf4
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

const utf16 = (highFirst: boolean): Decoder => {
  const unitAt = (bytes: Uint8Array, at: number): number => {
    const [first, second] = [bytes[at] as number, bytes[at + 1] as number]
    return highFirst ? (first << 8) | second : (second << 8) | first
  }
  return {
    decode: (bytes, broken) => {
      const units = new Uint16Array(Math.ceil(bytes.length / 2))
      for (let index = 0; index < bytes.length >> 1; index++) units[index] = unitAt(bytes, 2 * index)
      if (bytes.length % 2 === 1) units[units.length - 1] = 0xd800
      for (let index = 0; index < units.length; index++) {
        const unit = units[index] as number
        const isPair = isHigh(unit) && isLow(units[index + 1] ?? 0)
        if (isPair) index += 1
        else if (isHigh(unit) || isLow(unit)) {
          broken()
          units[index] = 0xfffd
        }
      }
      return textOfUnits(units)
    },
    wholeUntil: (bytes) => {
      const even = bytes.length - (bytes.length % 2)
      return even >= 2 && isHigh(unitAt(bytes, even - 2)) ? even - 2 : even
    },
    hasMark: true,
  }
}

/** What Windows made of the bytes 0x80 to 0x9F, which have no characters in Latin-1. */
const windows = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const windows1252: Decoder = {
  decode: (bytes) => textOfUnits(bytes).replace(/[\x80-\x9f]/g, (one) => windows[one.charCodeAt(0) - 0x80] as string),
  wholeUntil: (bytes) => bytes.length,
  hasMark: false,
}

export const decoders: Readonly<Record<string, Decoder>> = {
  'utf-8': utf8,
  'utf-16le': utf16(false),
  'utf-16be': utf16(true),
  'windows-1252': windows1252,
}

const labels: Readonly<Record<string, string>> = {
  'utf-8': 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8',
  'utf-16le': 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le',
  'utf-16be': 'unicodefffe utf-16be',
  'windows-1252':
    'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252',
}

/** The encoding of a label, in any case and with blanks around it. */
export const encodingNamed = (label: string): string | undefined => {
  const wanted = label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').toLowerCase()
  return Object.keys(labels).find((name) => labels[name]?.split(' ').includes(wanted))
}
