/**
 * The streams of `zlib`. They gather what is written and give all of what it comes to at the end: the host keeps no half-packed
 * stream between two calls.
 */
import { nodeError } from '../../node-error.ts'
import { surroundings } from '../../surroundings.ts'
import { named } from '../named.ts'
import { bytesOf } from '../native.ts'
import { sibling } from '../siblings.ts'
import { unavailable } from '../unavailable.ts'
import { requireFunction } from '../validate.ts'
import { type Method, pack } from './pack.ts'

type Done = (error?: unknown) => void
interface Stream {
  push(chunk: unknown): boolean
  destroy(error?: unknown): void
  once(event: string, listener: () => void): void
  destroyed: boolean
  writableLength: number
}

const { Transform } = sibling('stream') as { Transform: new (options?: unknown) => Stream }

/** As much as crosses to the host in one call. */
const mostBytes = 4_194_304
const chunkBytes = 16_384

const tooLarge = () =>
  nodeError(RangeError, 'ERR_OUT_OF_RANGE', `A zlib stream may be given ${mostBytes} bytes at most in an action.`)

/** Wrong options are refused when the stream is made, as Node does; what they make of no bytes does not matter. */
const checkOptions = (method: Method, options: unknown): void => {
  if (options === undefined || options === null) return
  try {
    pack(method, '', options)
  } catch (error) {
    if ((error as { errno?: unknown }).errno === undefined) throw error
  }
}

export class Zlib extends Transform {
  declare bytesWritten: number
  declare _level: unknown
  declare _strategy: unknown
  readonly #method: Method
  #options: Record<string, unknown>
  #pieces: Uint8Array[] = []
  #length = 0

  constructor(method: Method, options?: unknown) {
    checkOptions(method, options)
    super({ autoDestroy: true, ...(options as object) })
    this.#method = method
    this.#options = { ...(options as object) }
    Object.assign(this, { bytesWritten: 0, _level: this.#options.level ?? -1, _strategy: this.#options.strategy ?? 0 })
  }

  _transform(chunk: unknown, _encoding: unknown, done: Done): void {
    const bytes = new Uint8Array(bytesOf(chunk as ArrayBufferView))
    this.#length += bytes.length
    if (this.#length > mostBytes) {
      done(tooLarge())
      return
    }
    this.#pieces.push(bytes)
    done()
  }

  _flush(done: Done): void {
    const whole = new Uint8Array(this.#length)
    this.#pieces.reduce((at, piece) => {
      whole.set(piece, at)
      return at + piece.length
    }, 0)
    this.#pieces = []
    try {
      const { buffer, bytesWritten } = pack(this.#method, whole, this.#options)
      this.bytesWritten = bytesWritten
      for (let at = 0; at < buffer.length; at += chunkBytes) this.push(buffer.subarray(at, at + chunkBytes))
    } catch (error) {
      done(error)
      return
    }
    done()
  }

  /** What is packed comes out at the end and not before, so this could only pretend. */
  flush(...args: unknown[]): void {
    const callback = args.find((one) => typeof one === 'function') as (() => void) | undefined
    if (this.#length > 0) throw unavailable("zlib's flush()", 'what is packed comes out at the end.')
    if (callback) surroundings.nextTick(callback, [])
  }
  close(callback?: unknown): void {
    if (callback !== undefined) this.once('close', callback as () => void)
    this.destroy()
  }
  reset(): void {
    this.#pieces = []
    this.#length = 0
  }
  /** Level and strategy from here on: from the beginning, or not at all. */
  params(level: unknown, strategy: unknown, callback?: unknown): void {
    requireFunction(callback, 'callback')
    if (this.#length > 0) throw unavailable("zlib's params()", 'it has been given something to pack already.')
    const options = { ...this.#options, level, strategy }
    checkOptions(this.#method, options)
    this.#options = options
    Object.assign(this, { _level: level, _strategy: strategy })
    ;(callback as () => void)()
  }
}

/** By the name of its class, what each does. */
export const methods: Readonly<Record<string, Method>> = {
  Deflate: 'deflate',
  Inflate: 'inflate',
  Gzip: 'gzip',
  Gunzip: 'gunzip',
  DeflateRaw: 'deflateRaw',
  InflateRaw: 'inflateRaw',
  Unzip: 'unzip',
  BrotliCompress: 'brotliCompress',
  BrotliDecompress: 'brotliDecompress',
  ZstdCompress: 'zstdCompress',
  ZstdDecompress: 'zstdDecompress',
}

type ZlibClass = new (options?: unknown) => Zlib

/** Callable without `new`, and by a class that inherits in the old way. */
const classOf = (name: string, method: Method): ZlibClass => {
  const Made = function (options?: unknown) {
    return Reflect.construct(Zlib, [method, options], new.target ?? Made)
  }
  Object.setPrototypeOf(Made, Zlib)
  Made.prototype = Object.create(Zlib.prototype, {
    constructor: { value: Made, writable: true, configurable: true },
  })
  return named(name, Made) as unknown as ZlibClass
}

export const classes: Readonly<Record<string, ZlibClass>> = Object.fromEntries(
  Object.entries(methods).map(([name, method]) => [name, classOf(name, method)]),
)
