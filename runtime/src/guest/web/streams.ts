/** The streams of the web, and bodies as such. Evaluated for who asks for a stream only. */
import type { ReadableStream as Stream } from 'web-streams-polyfill'
import { loadWebStreams } from '../streams-library.ts'
import { bytesOf, type Content, collect } from './body-source.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { named } from './named.ts'
import { TextDecoderStream, TextEncoderStream } from './text-streams.ts'

const {
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} = loadWebStreams()

/** What the library keeps to itself. */
interface Kept {
  _disturbed?: boolean
  _state?: string
  _readableStreamController?: object
}

export const isDisturbed = (value: object): boolean =>
  value instanceof ReadableStream && (value as unknown as Kept)._disturbed === true

/** A stream of what a body holds. One that was read before it was asked for is at its end. */
export const toStream = (content: Content, isUsed: () => boolean): Stream => {
  if ('chunks' in content && content.chunks instanceof ReadableStream) return content.chunks
  const stream = new ReadableStream({
    type: 'bytes',
    pull: async (controller) => {
      const bytes = isUsed() ? new Uint8Array() : bytesOf(await collect(content))
      if (bytes.length > 0) controller.enqueue(bytes)
      controller.close()
      // What waits for bytes with a buffer of its own is told of the end by an answer to it.
      controller.byobRequest?.respond(0)
    },
  })
  if (isUsed()) void stream.getReader().read()
  return stream
}

/** Two for one; of what is no web stream yet, too. */
export const tee = (source: AsyncIterable<unknown>): [Stream, Stream] => {
  const stream = source instanceof ReadableStream ? source : ReadableStream.from(source as never)
  return stream.tee() as [Stream, Stream]
}

export const globals = named({
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextDecoderStream,
  TextEncoderStream,
})

type Shown = Kept & Record<string, unknown>

/** What each shows of itself besides its name. */
const shown: Record<string, (target: Shown) => object> = {
  ReadableStream: (stream) => ({
    locked: stream.locked,
    state: stream._state,
    supportsBYOB: stream._readableStreamController instanceof ReadableByteStreamController,
  }),
  WritableStream: ({ locked, _state }) => ({ locked, state: _state }),
  TransformStream: ({ readable, writable }) => ({ readable, writable }),
  TextDecoderStream: ({ encoding, fatal, ignoreBOM, readable, writable }) => ({
    encoding,
    fatal,
    ignoreBOM,
    readable,
    writable,
  }),
  TextEncoderStream: ({ encoding, readable, writable }) => ({ encoding, readable, writable }),
  ByteLengthQueuingStrategy: ({ highWaterMark }) => ({ highWaterMark }),
  CountQueuingStrategy: ({ highWaterMark }) => ({ highWaterMark }),
}

for (const [name, { prototype }] of Object.entries(globals)) {
  const value = function (this: Shown, depth: unknown, options: unknown) {
    return showFields(name, shown[name]?.(this) ?? {}, [depth, options])
  }
  Object.defineProperty(value, 'name', { value: '[nodejs.util.inspect.custom]' })
  Object.defineProperty(prototype, inspectSymbol, { value, configurable: true, writable: true })
}
