/**
 * Classes that are streams as well, which hardly anybody uses them as: the module `stream` is evaluated when somebody does.
 * Until then their prototype has stand-ins for what a stream can do.
 */
import { sibling } from './siblings.ts'

type Kind = 'Transform' | 'Writable'
type StreamClass = { prototype: object; call(self: object, options?: unknown): void }

/** What a caller may do first with a stream. */
const firstUses: readonly PropertyKey[] = [
  ...['pipe', 'unpipe', 'on', 'once', 'off', 'addListener', 'removeListener', 'prependListener', 'emit', 'listeners'],
  ...['prependOnceListener', 'removeAllListeners', 'listenerCount', 'eventNames', 'rawListeners', 'setMaxListeners'],
  ...[
    'write',
    'end',
    'cork',
    'uncork',
    'setDefaultEncoding',
    'destroy',
    'destroyed',
    'closed',
    'errored',
    'read',
    'push',
  ],
  ...[
    'resume',
    'pause',
    'isPaused',
    'setEncoding',
    'unshift',
    'wrap',
    'iterator',
    'compose',
    'map',
    'toArray',
    'forEach',
  ],
  ...['readable', 'readableEnded', 'readableFlowing', 'readableLength', 'readableObjectMode', 'readableEncoding'],
  ...['writable', 'writableEnded', 'writableFinished', 'writableLength', 'writableNeedDrain', 'writableObjectMode'],
  Symbol.asyncIterator,
]

export interface StreamLike {
  push(chunk: unknown): boolean
  emit(event: string, ...args: unknown[]): boolean
}

/** Each calls it once: the class it answers is the base of one family. */
export const lazyStream = (kind: Kind): (new (options?: unknown) => StreamLike) => {
  class LazyStream {
    declare _options: unknown
    constructor(options?: unknown) {
      Object.defineProperty(this, '_options', { value: options, writable: true, enumerable: true, configurable: true })
    }
  }
  const { prototype } = LazyStream
  const standIn = {}

  const becomeStream = () => {
    const Stream = (sibling('stream') as Record<Kind, StreamClass>)[kind]
    Object.setPrototypeOf(prototype, Stream.prototype)
    for (const name of ['_readableState', '_writableState'] as const) deferState(prototype, name, Stream)
  }
  for (const name of firstUses) {
    Object.defineProperty(standIn, name, {
      get(this: Record<PropertyKey, unknown>) {
        becomeStream()
        return this[name]
      },
      set(this: object, value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true })
      },
      configurable: true,
    })
  }
  Object.setPrototypeOf(prototype, standIn)
  return LazyStream as unknown as new (
    options?: unknown,
  ) => StreamLike
}

/** Each object becomes a stream when its state is looked at first. */
const deferState = (prototype: object, name: string, Stream: StreamClass) => {
  Object.defineProperty(prototype, name, {
    get(this: Record<string, unknown> & { _options?: unknown }) {
      Object.defineProperties(this, {
        _readableState: { value: undefined, writable: true, configurable: true },
        _writableState: { value: undefined, writable: true, configurable: true },
      })
      Stream.call(this, this._options)
      return this[name]
    },
    set(this: object, value) {
      Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true })
    },
    configurable: true,
  })
}
