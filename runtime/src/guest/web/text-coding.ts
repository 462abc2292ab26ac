/** `TextEncoder` and `TextDecoder` of the Encoding standard. Of the old encodings there are those that bytes of today still have. */
import { invalidArgumentType, nodeError } from '../node-error.ts'
import { encodeUtf8, encodeUtf8Into } from '../utf8-bytes.ts'
import { copyBytes } from './bytes.ts'
import { type Decoder, decoders, encodingNamed } from './decoders.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { enumerable, named, tag } from './named.ts'

export class TextEncoder {
  get encoding() {
    return 'utf-8'
  }
  encode(text: unknown = ''): Uint8Array {
    return encodeUtf8(`${text}`)
  }
  encodeInto(source: unknown, target: unknown): { read: number; written: number } {
    if (typeof source !== 'string') throw invalidArgumentType('src', 'string', source)
    if (!(target instanceof Uint8Array)) throw invalidArgumentType('dest', 'Uint8Array', target)
    return encodeUtf8Into(source, { bytes: target, start: 0, end: target.length })
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields('', { encoding: 'utf-8' }, [depth, options]).trimStart()
  }
}
enumerable(TextEncoder, 'encode', 'encodeInto', 'encoding')
tag(TextEncoder, 'TextEncoder')

const join = (left: Uint8Array, right: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  if (left.length === 0) return right
  const whole = new Uint8Array(left.length + right.length)
  whole.set(left)
  whole.set(right, left.length)
  return whole
}

const wrongInput = 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.'

const readInput = (input: unknown): Uint8Array<ArrayBuffer> => {
  if (input === undefined) return new Uint8Array()
  const bytes = copyBytes(input)
  if (bytes === undefined) throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', wrongInput)
  return bytes
}

export class TextDecoder {
  readonly #encoding: string
  readonly #decoder: Decoder
  readonly #fatal: boolean
  readonly #ignoreBOM: boolean
  /** Bytes of a character that has not ended yet. */
  #pending = new Uint8Array()
  #isAtStart = true

  constructor(label: unknown = 'utf-8', given: unknown = {}) {
    const encoding = encodingNamed(`${label}`)
    if (encoding === undefined)
      throw nodeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${label}" encoding is not supported`)
    if (given !== null && given !== undefined && typeof given !== 'object' && typeof given !== 'function')
      throw invalidArgumentType('options', 'Object', given)
    const { fatal, ignoreBOM } = (given ?? {}) as { fatal?: unknown; ignoreBOM?: unknown }
    this.#encoding = encoding
    this.#decoder = decoders[encoding] as Decoder
    this.#fatal = !!fatal
    this.#ignoreBOM = !!ignoreBOM
  }

  get encoding() {
    return this.#encoding
  }
  get fatal() {
    return this.#fatal
  }
  get ignoreBOM() {
    return this.#ignoreBOM
  }

  decode(input: unknown = undefined, options: unknown = {}): string {
    const bytes = join(this.#pending, readInput(input))
    const isMore = !!(options as { stream?: unknown } | null | undefined)?.stream
    const end = isMore ? this.#decoder.wholeUntil(bytes) : bytes.length
    this.#pending = bytes.slice(end)
    try {
      return this.#finish(this.#decoder.decode(bytes.subarray(0, end), this.#refuse), isMore)
    } catch (error) {
      this.#pending = new Uint8Array()
      this.#isAtStart = true
      throw error
    }
  }

  /** The mark at the beginning of the text is no part of it. */
  #finish(text: string, isMore: boolean): string {
    const isMarked = this.#isAtStart && !this.#ignoreBOM && text.startsWith('\ufeff') && this.#decoder.hasMark
    if (text !== '') this.#isAtStart = false
    if (!isMore) this.#isAtStart = true
    return isMarked ? text.slice(1) : text
  }

  readonly #refuse = (): void => {
    if (!this.#fatal) return
    const message = `The encoded data was not valid for encoding ${this.#encoding}`
    throw nodeError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', message)
  };

  [inspectSymbol](depth: unknown, options: unknown): string {
    const { encoding, fatal, ignoreBOM } = this
    return showFields('TextDecoder', { encoding, fatal, ignoreBOM }, [depth, options])
  }
}
enumerable(TextDecoder, 'decode', 'encoding', 'fatal', 'ignoreBOM')
tag(TextDecoder, 'TextDecoder')

export const globals = named({ TextEncoder, TextDecoder })
