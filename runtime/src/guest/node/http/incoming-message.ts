/**
 * An answer: a readable stream with a status and headers. It is whole when it begins, and has been decompressed by the
 * server: what said how it was packed is left out, so that nobody unpacks it again.
 */
import type { EgressAnswer } from '../../../bridge/egress.ts'
import { surroundings } from '../../surroundings.ts'
import { exported as stream } from '../stream.ts'

export interface Readable {
  push(chunk: Uint8Array | null): boolean
  resume(): this
  emit(event: string, ...args: unknown[]): boolean
  listenerCount(event: string): number
  on(event: string, listener: (...args: never[]) => void): this
  once(event: string, listener: (...args: never[]) => void): this
  destroy(error?: Error | null): this
  readonly destroyed: boolean
  readonly readableEnded: boolean
}

const { Readable } = stream as unknown as { Readable: new (options: object) => Readable }

type Arrived = Extract<EgressAnswer, { ok: true }>
type Pair = readonly [name: string, value: string]

const decoded = ['gzip', 'x-gzip', 'deflate', 'br', 'zstd']

/** How the body travelled to the server: no longer true of what is here. */
const aboutTheJourney = ['content-encoding', 'content-length']

const wasDecoded = (headers: readonly Pair[]): boolean => {
  const encoding = headers.find(([name]) => name === 'content-encoding')?.[1] ?? ''
  return encoding !== '' && encoding.split(',').every((coding) => decoded.includes(coding.trim().toLowerCase()))
}

export const headersOf = ({ headers, status }: Arrived, method: string): Pair[] => {
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
  const isDropped = (name: string) =>
    name === 'transfer-encoding' || (hasBody && wasDecoded(headers) && aboutTheJourney.includes(name))
  return headers.filter(([name]) => !isDropped(name))
}

type Headers = Record<string, string | string[]>

const joined = (pairs: readonly Pair[]): Headers => {
  const headers: Headers = {}
  for (const [name, value] of pairs) {
    if (name === 'set-cookie') headers[name] = [...(headers[name] ?? []), value]
    else headers[name] ??= value
  }
  return headers
}

const distinct = (pairs: readonly Pair[]): Record<string, string[]> => {
  const headers: Record<string, string[]> = Object.create(null)
  for (const [name, value] of pairs) headers[name] = [...(headers[name] ?? []), value]
  return headers
}

/** What Node reads of a socket at once. */
const chunkBytes = 65_536

export class IncomingMessage extends Readable {
  httpVersion = '1.1'
  httpVersionMajor = 1
  httpVersionMinor = 1
  complete = false
  rawHeaders: string[] = []
  rawTrailers: string[] = []
  joinDuplicateHeaders: boolean | undefined
  aborted = false
  upgrade = false
  url = ''
  method: string | null = null
  statusCode: number | null = null
  statusMessage: string | null = null
  socket: unknown
  req: unknown
  #pairs: readonly Pair[] = []
  #headers: Headers | undefined
  #rest: Uint8Array | undefined

  constructor(socket?: unknown) {
    super({ highWaterMark: chunkBytes })
    this.socket = socket
  }

  get connection(): unknown {
    return this.socket
  }
  get headers(): Headers {
    this.#headers ??= joined(this.#pairs)
    return this.#headers
  }
  set headers(headers: Headers) {
    this.#headers = headers
  }
  get headersDistinct(): Record<string, string[]> {
    return distinct(this.#pairs)
  }
  get signal(): undefined {
    return undefined
  }
  get trailers(): object {
    return {}
  }
  get trailersDistinct(): object {
    return {}
  }

  setTimeout(ms: unknown, listener?: unknown): this {
    if (typeof listener === 'function') this.once('timeout', listener as () => void)
    ;(this.socket as { setTimeout?(ms: unknown): void } | undefined)?.setTimeout?.(ms)
    return this
  }

  /** To be called once, before it is handed to anybody. */
  arrive({ status, statusText, ...answer }: { status: number; statusText: string; pairs: Pair[]; body: Uint8Array }) {
    this.statusCode = status
    this.statusMessage = statusText
    this.#pairs = answer.pairs
    this.rawHeaders = answer.pairs.flat()
    this.#rest = answer.body
    this.complete = true
  }
  /** Who gives an answer up need not listen for the error it ends with: without a listener there is none. */
  _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.readableEnded && !this.aborted) {
      this.aborted = true
      this.emit('aborted')
    }
    surroundings.nextTick(() => done(this.listenerCount('error') === 0 ? null : error), [])
  }
  _read(): void {
    const rest = this.#rest
    if (rest === undefined || rest.length === 0) return void this.push(null)
    this.#rest = rest.subarray(chunkBytes)
    this.push(rest.subarray(0, chunkBytes))
  }
}
