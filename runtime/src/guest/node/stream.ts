/** Node's `stream`: the package that is made of Node's own sources, brought to the form of this Node. */
import Stream, { type Stopped } from 'readable-stream/lib/stream.js'
import { AbortError } from './abort-error.ts'
import { bytesClass } from './bytes-class.ts'
import { EventEmitter } from './events/emitter.ts'
import { named } from './named.ts'
import { createDuplexPair } from './stream/duplex-pair.ts'
import {
  duplexFromWeb,
  readableFromWeb,
  readableToWeb,
  type WebPair,
  type WebReadable,
  type WebWritable,
  writableFromWeb,
  writableToWeb,
} from './stream/web.ts'

const { Duplex, Readable, Writable } = Stream

/** Node's since version 22. */
const highWaterMarkBytes = 65_536
Stream.setDefaultHighWaterMark(false, highWaterMarkBytes)

/** As `await using` ends a stream: what is not done is given up, without an error of its own. */
const dispose = async function (this: Stopped): Promise<void> {
  if (!this.destroyed) this.destroy(this.writableFinished ? null : new AbortError())
  await new Promise<void>((resolve, reject) => {
    Stream.finished(this, (error) => (error && error.name !== 'AbortError' ? reject(error) : resolve()))
  })
}

const define = (target: object, key: PropertyKey, value: unknown) =>
  Object.defineProperty(target, key, { value, configurable: true, writable: true })

define(Writable.prototype, Symbol.asyncDispose, named('', dispose))
define(Duplex.prototype, 'destroy', Writable.prototype.destroy)
define(Stream.prototype, 'eventNames', EventEmitter.prototype.eventNames)

const statics = {
  duplexPair(options: unknown) {
    return createDuplexPair(options)
  },
  _isArrayBufferView: ArrayBuffer.isView,
  _uint8ArrayToBuffer(chunk: Uint8Array) {
    return bytesClass().from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  },
}
Object.assign(Stream, statics)

/** Without names, as Node's. */
const adapters: readonly [owner: object, key: string, value: (...args: never[]) => unknown][] = [
  [Readable, 'fromWeb', (stream: WebReadable, options: object) => readableFromWeb(stream, options)],
  [
    Readable,
    'toWeb',
    (stream: InstanceType<typeof Readable>, options: { strategy?: object }) => readableToWeb(stream, options?.strategy),
  ],
  [Writable, 'fromWeb', (stream: WebWritable, options: object) => writableFromWeb(stream, options)],
  [Writable, 'toWeb', (stream: InstanceType<typeof Writable>) => writableToWeb(stream)],
  [Duplex, 'fromWeb', (pair: WebPair, options: object) => duplexFromWeb(pair, options)],
  [
    Duplex,
    'toWeb',
    (stream: InstanceType<typeof Duplex>, _options: unknown) => ({
      readable: readableToWeb(stream),
      writable: writableToWeb(stream),
    }),
  ],
]
for (const [owner, key, value] of adapters) Object.assign(owner, { [key]: named('', value) })

/** Bundling gives another name to what is called like something else: `Readable2`, `take2`. */
const restoreNames = (owner: object) => {
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner)))
    if (typeof value === 'function' && value.name.replace(/\d+$/, '') === key) named(key, value)
}
restoreNames(Stream)
restoreNames(Readable.prototype)
restoreNames(Stream.promises)
named('[Symbol.hasInstance]', Writable[Symbol.hasInstance])

export const exported = Stream
