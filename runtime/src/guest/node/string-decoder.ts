/** Node's `string_decoder`: text of bytes that come in pieces, no character cut in half. */
import { invalidArgumentType, unknownEncoding } from '../node-error.ts'
import { type BytesClass, bytesClass } from './bytes-class.ts'
import { named } from './named.ts'

type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex'

const encodings: Readonly<Record<string, Encoding>> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  latin1: 'latin1',
  binary: 'latin1',
  ascii: 'ascii',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
}

const normalize = (encoding: unknown): Encoding => {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8'
  const name = `${encoding}`.toLowerCase()
  if (!Object.hasOwn(encodings, name)) throw unknownEncoding(encoding)
  return encodings[name] as Encoding
}

/** The beginning of a character: its bytes so far, and how many are missing. */
interface Incomplete {
  bytes: Uint8Array
  missing: number
}

const none = (): Incomplete => ({ bytes: new Uint8Array(0), missing: 0 })

const join = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  const joined = new Uint8Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}

/** How many bytes a character has that begins with `lead`; 0 where nothing begins with it. */
const lengthByLead = (lead: number): number => {
  if ((lead & 0xe0) === 0xc0) return 2
  if ((lead & 0xf0) === 0xe0) return 3
  return (lead & 0xf8) === 0xf0 ? 4 : 0
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80

type Tail = { length: number; missing: number }
const whole: Tail = { length: 0, missing: 0 }

/** Each says how much at the end of `bytes` has to wait for more. */
const tails: Readonly<Record<Encoding, (bytes: Uint8Array) => Tail>> = {
  utf8: (bytes) => {
    let length = 1
    while (length < 4 && isContinuation(bytes.at(-length))) length += 1
    const lead = bytes.at(-length)
    const missing = lead === undefined ? 0 : lengthByLead(lead) - length
    return missing > 0 ? { length, missing } : whole
  },
  utf16le: (bytes) => {
    if (bytes.length % 2 === 1) return { length: 1, missing: 1 }
    return ((bytes.at(-1) ?? 0) & 0xfc) === 0xd8 ? { length: 2, missing: 2 } : whole
  },
  base64: ({ length }) => (length % 3 === 0 ? whole : { length: length % 3, missing: 3 - (length % 3) }),
  base64url: (bytes) => tails.base64(bytes),
  latin1: () => whole,
  ascii: () => whole,
  hex: () => whole,
}

const pending = Symbol('pending')

interface Decoder {
  encoding: Encoding
  [pending]: Incomplete
  write(bytes: unknown): string
  text(bytes: Uint8Array, offset?: number): string
  end(bytes?: unknown): string
}

const textOf = (decoder: Decoder, bytes: Uint8Array): string => {
  const Bytes = bytesClass()
  return Bytes.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(decoder.encoding)
}

/** Completes what waits, as far as `bytes` goes. Answers the text of it and what is left of `bytes`. */
const complete = (decoder: Decoder, bytes: Uint8Array): { text: string; rest: Uint8Array } => {
  const { bytes: begun, missing } = decoder[pending]
  let taken = Math.min(missing, bytes.length)
  let isBroken = false
  if (decoder.encoding === 'utf8') {
    const at = bytes.subarray(0, taken).findIndex((byte) => !isContinuation(byte))
    isBroken = at !== -1
    if (isBroken) taken = at
  }
  const character = join(begun, bytes.subarray(0, taken))
  const rest = bytes.subarray(taken)
  if (!isBroken && missing > taken) {
    decoder[pending] = { bytes: character, missing: missing - taken }
    return { text: '', rest }
  }
  decoder[pending] = none()
  return { text: textOf(decoder, character), rest }
}

const decode = (decoder: Decoder, bytes: Uint8Array): string => {
  const { text, rest } = decoder[pending].missing > 0 ? complete(decoder, bytes) : { text: '', rest: bytes }
  if (rest.length === 0) return text
  const { length, missing } = tails[decoder.encoding](rest)
  const end = rest.length - length
  if (length > 0) decoder[pending] = { bytes: rest.slice(end), missing }
  return text + textOf(decoder, rest.subarray(0, end))
}

const members = {
  write(this: Decoder, buf: unknown): string {
    if (typeof buf === 'string') return buf
    if (!ArrayBuffer.isView(buf)) throw invalidArgumentType('buf', ['Buffer', 'TypedArray', 'DataView'], buf)
    return decode(this, new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength))
  },
  end(this: Decoder, buf: unknown): string {
    const text = buf === undefined ? '' : this.write(buf)
    const { bytes } = this[pending]
    this[pending] = none()
    const isHalf = this.encoding === 'utf16le' && bytes.length % 2 === 1
    return text + textOf(this, isHalf ? bytes.subarray(0, -1) : bytes)
  },
  text(this: Decoder, buf: Uint8Array, offset: number): string {
    this[pending] = none()
    return this.write(buf.slice(offset))
  },
}

const lastCharacter = (decoder: Decoder): InstanceType<BytesClass> => {
  const four = bytesClass().alloc(4)
  four.set(decoder[pending].bytes)
  return four
}

const StringDecoder = named('StringDecoder', function (this: Decoder, encoding: unknown) {
  this.encoding = normalize(encoding)
  // Not listed: Node keeps this in bytes of its own.
  Object.defineProperty(this, pending, { value: none(), writable: true })
})

const accessor = (get: (this: Decoder) => unknown) => ({ get, enumerable: true, configurable: true })

Object.assign(StringDecoder.prototype, members)
Object.defineProperties(StringDecoder.prototype, {
  lastChar: accessor(function () {
    return lastCharacter(this)
  }),
  lastNeed: accessor(function () {
    return this[pending].missing
  }),
  lastTotal: accessor(function () {
    return this[pending].bytes.length + this[pending].missing
  }),
})

export const exported = { StringDecoder }
