/** `TextEncoderStream` and `TextDecoderStream` of the Encoding standard. */
import type { TransformStream } from 'web-streams-polyfill'
import { loadWebStreams } from '../streams-library.ts'
import { encodeUtf8 } from '../utf8-bytes.ts'
import { enumerable, tag } from './named.ts'
import { TextDecoder } from './text-coding.ts'

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff

/** Half of a pair at the end of a chunk waits for the other half. */
const createEncoder = (): TransformStream<unknown, Uint8Array> => {
  let pending = ''
  return new (loadWebStreams().TransformStream)({
    transform: (chunk, controller) => {
      const text = `${pending}${chunk}`
      const isCut = isHighSurrogate(text.charCodeAt(text.length - 1))
      pending = isCut ? text.slice(-1) : ''
      const bytes = encodeUtf8(isCut ? text.slice(0, -1) : text)
      if (bytes.length > 0) controller.enqueue(bytes)
    },
    flush: (controller) => {
      if (pending !== '') controller.enqueue(encodeUtf8(pending))
    },
  })
}

export class TextEncoderStream {
  readonly #stream = createEncoder()

  get encoding() {
    return 'utf-8'
  }
  get readable() {
    return this.#stream.readable
  }
  get writable() {
    return this.#stream.writable
  }
}
enumerable(TextEncoderStream, 'encoding', 'readable', 'writable')
tag(TextEncoderStream, 'TextEncoderStream')

const createDecoder = (decoder: TextDecoder): TransformStream<unknown, string> =>
  new (loadWebStreams().TransformStream)({
    transform: (chunk, controller) => {
      const text = decoder.decode(chunk, { stream: true })
      if (text !== '') controller.enqueue(text)
    },
    flush: (controller) => {
      const text = decoder.decode()
      if (text !== '') controller.enqueue(text)
    },
  })

export class TextDecoderStream {
  readonly #decoder: TextDecoder
  readonly #stream: TransformStream<unknown, string>

  constructor(label: unknown = 'utf-8', options: unknown = {}) {
    this.#decoder = new TextDecoder(label, options)
    this.#stream = createDecoder(this.#decoder)
  }

  get encoding() {
    return this.#decoder.encoding
  }
  get fatal() {
    return this.#decoder.fatal
  }
  get ignoreBOM() {
    return this.#decoder.ignoreBOM
  }
  get readable() {
    return this.#stream.readable
  }
  get writable() {
    return this.#stream.writable
  }
}
enumerable(TextDecoderStream, 'encoding', 'fatal', 'ignoreBOM', 'readable', 'writable')
tag(TextDecoderStream, 'TextDecoderStream')
