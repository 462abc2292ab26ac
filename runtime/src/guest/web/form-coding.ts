/** application/x-www-form-urlencoded, one text at a time: `+` is a blank, `%41` a byte of UTF-8. */
import { fromCodePoint, Uint8ArrayClass } from '../primordials.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8-bytes.ts'

const hexadecimal = '0123456789ABCDEF'

/** -1 for what is no hexadecimal digit. */
const digit = (byte: number | undefined): number => {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte & 0xdf
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : -1
}

export const decodeForm = (text: string): string => {
  const bytes = encodeUtf8(text)
  let used = 0
  for (let index = 0; index < bytes.length; index++) {
    const high = digit(bytes[index + 1])
    const low = digit(bytes[index + 2])
    if (bytes[index] === 0x25 && high >= 0 && low >= 0) {
      bytes[used++] = high * 16 + low
      index += 2
    } else bytes[used++] = bytes[index] === 0x2b ? 0x20 : (bytes[index] as number)
  }
  return decodeUtf8(new Uint8ArrayClass(bytes.buffer, 0, used))
}

const isPlain = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2a ||
  byte === 0x2d ||
  byte === 0x2e ||
  byte === 0x5f

export const encodeForm = (text: string): string => {
  const bytes = encodeUtf8(text)
  let encoded = ''
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number
    if (byte === 0x20) encoded += '+'
    else if (isPlain(byte)) encoded += fromCodePoint(byte)
    else encoded += `%${hexadecimal[byte >> 4]}${hexadecimal[byte & 15]}`
  }
  return encoded
}
