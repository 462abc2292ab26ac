/** `Blob` and `File` of the File API: bytes that are all here. */
import type { ReadableStream } from 'web-streams-polyfill'
import { invalidArgumentType, invalidArgumentValue, missingArguments, nodeError } from '../node-error.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8-bytes.ts'
import { copyBytes } from './bytes.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { late } from './late.ts'
import { enumerable, tag } from './named.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Not a copy: for who only reads. */
export let blobBytes: (blob: Blob) => Bytes
export let isBlob: (value: unknown) => value is Blob

interface Options {
  type?: unknown
  endings?: unknown
  lastModified?: unknown
}

const readOptions = (given: unknown): Options => {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' && typeof given !== 'function')
    throw invalidArgumentType('options', 'a dictionary', given)
  return given
}

/** What is no printable ASCII makes a type nothing. */
const toType = (given: unknown): string => {
  const type = `${given}`
  return /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase()
}

const partOf = (source: unknown, nativeEndings: boolean): Bytes => {
  if (isBlob(source)) return blobBytes(source)
  const bytes = copyBytes(source)
  if (bytes !== undefined) return bytes
  const text = `${source}`
  return encodeUtf8(nativeEndings ? text.replace(/\r\n|\r|\n/g, '\n') : text)
}

const readSources = (sources: unknown, endings: string): Bytes => {
  const isObject = (typeof sources === 'object' && sources !== null) || typeof sources === 'function'
  if (!isObject || !(Symbol.iterator in sources))
    throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'Value cannot be converted to sequence.')
  const parts = Array.from(sources as Iterable<unknown>, (source) => partOf(source, endings === 'native'))
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let used = 0
  for (const part of parts) {
    whole.set(part, used)
    used += part.length
  }
  return whole
}

const clamp = (given: unknown, size: number): number => {
  const index = Math.trunc(Number(given)) || 0
  return index < 0 ? Math.max(size + index, 0) : Math.min(index, size)
}

/** One chunk of everything, as there is nothing to wait for. */
const streamOf = (bytes: Bytes): ReadableStream =>
  late('streams')
    .load()
    .toStream({ bytes }, () => false)

export class Blob {
  #bytes: Bytes
  #type: string

  static {
    blobBytes = (blob) => blob.#bytes
    isBlob = (value): value is Blob => typeof value === 'object' && value !== null && #bytes in value
  }

  constructor(sources: unknown = [], given: unknown = undefined) {
    const { type = '', endings = 'transparent' } = readOptions(given)
    const ending = `${endings}`
    if (ending !== 'transparent' && ending !== 'native') throw invalidArgumentValue('options.endings', endings)
    this.#bytes = readSources(sources, ending)
    this.#type = toType(type)
  }

  get type(): string {
    return this.#type
  }
  get size(): number {
    return this.#bytes.length
  }
  slice(start: unknown = 0, end: unknown = this.#bytes.length, type: unknown = ''): Blob {
    const from = clamp(start, this.#bytes.length)
    const to = clamp(end, this.#bytes.length)
    const part = new Blob()
    part.#bytes = this.#bytes.subarray(from, Math.max(from, to))
    part.#type = toType(type)
    return part
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer
  }
  async text(): Promise<string> {
    const text = decodeUtf8(this.#bytes)
    return text.startsWith('\ufeff') ? text.slice(1) : text
  }
  async bytes(): Promise<Bytes> {
    return this.#bytes.slice()
  }
  stream(): ReadableStream {
    return streamOf(this.#bytes)
  }
  textStream(): ReadableStream {
    const { TextDecoderStream } = late('streams').load().globals
    return this.stream().pipeThrough(new TextDecoderStream() as never)
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields('Blob', { size: this.size, type: this.type }, [depth, options])
  }
}
enumerable(Blob, 'size', 'type', 'slice', 'stream', 'textStream', 'text', 'arrayBuffer', 'bytes')
tag(Blob, 'Blob')

export class File extends Blob {
  readonly #name: string
  readonly #lastModified: number

  constructor(sources: unknown, name: unknown, given: unknown = undefined) {
    if (arguments.length < 2) throw missingArguments('fileBits', 'fileName')
    super(sources, given)
    const { lastModified = Date.now() } = readOptions(given)
    this.#name = `${name}`.toWellFormed()
    this.#lastModified = Math.trunc(Number(lastModified)) || 0
  }

  get name(): string {
    return this.#name
  }
  get lastModified(): number {
    return this.#lastModified
  }
  override [inspectSymbol](depth: unknown, options: unknown): string {
    const { size, type, name, lastModified } = this
    return showFields('File', { size, type, name, lastModified }, [depth, options])
  }
}
enumerable(File, 'name', 'lastModified')
tag(File, 'File')
