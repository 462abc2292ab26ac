/** Bytes of one encoding as bytes of another, and what may be asked of bytes. */
import { invalidArgumentType, nodeError } from '../../node-error.ts'
import { decodeUtf8 } from '../../utf8-bytes.ts'
import { type Encoding, type EncodingName, findEncoding } from './encodings.ts'
import { bufferFrom, FastBuffer, requireBytes } from './fast-buffer.ts'

const transcoded: readonly EncodingName[] = ['utf8', 'utf16le', 'latin1', 'ascii']

/** Each character has one byte, and those beyond have none. */
const lastOf: Partial<Record<EncodingName, number>> = { latin1: 0xff, ascii: 0x7f }

const requireEncoding = (name: unknown): Encoding => {
  const found = findEncoding(name ?? 'utf8')
  if (found !== undefined && transcoded.includes(found.name)) return found
  const code = 'U_ILLEGAL_ARGUMENT_ERROR'
  throw Object.assign(new Error(`Unable to transcode Buffer [${code}]`), { code, errno: 1 })
}

/** What is no ASCII is U+FFFD, but where it becomes UTF-16: Node only widens it. */
const readText = ({ name, read }: Encoding, bytes: Uint8Array, to: EncodingName): string => {
  if (name !== 'ascii') return read(bytes)
  const shown = (byte: number) => (byte > 0x7f && to !== 'utf16le' ? '\ufffd' : String.fromCharCode(byte))
  return Array.from(bytes, shown).join('')
}

export function transcode(source: unknown, fromEncoding: unknown, toEncoding: unknown): FastBuffer {
  requireBytes(source, 'source')
  if (source.length === 0) return new FastBuffer()
  const from = requireEncoding(fromEncoding)
  const to = requireEncoding(toEncoding)
  const text = readText(from, source, to.name)
  const last = lastOf[to.name]
  if (last === undefined) return bufferFrom(text, to.name)
  return FastBuffer.from(text as never, (character: unknown) => {
    const point = (character as string).codePointAt(0) as number
    return point <= last ? point : 0x3f
  }) as FastBuffer
}

const bytesOf = (input: unknown): Uint8Array => {
  const isBuffer = input instanceof ArrayBuffer
  if (!isBuffer && (!ArrayBuffer.isView(input) || input instanceof DataView))
    throw invalidArgumentType('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input)
  if ((isBuffer ? input : (input.buffer as ArrayBuffer)).detached)
    throw nodeError(Error, 'ERR_INVALID_STATE', 'Invalid state: Cannot validate on a detached buffer')
  return isBuffer ? new Uint8Array(input) : new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
}

export function isUtf8(input: unknown): boolean {
  const bytes = bytesOf(input)
  let isWhole = true
  decodeUtf8(bytes, () => {
    isWhole = false
  })
  return isWhole
}

export function isAscii(input: unknown): boolean {
  return bytesOf(input).every((byte) => byte <= 0x7f)
}
