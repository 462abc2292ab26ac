/** What requests are written to: a writable stream with headers, which are fixed once something has been written. */
import { invalidArgumentType, nodeError } from '../../node-error.ts'
import { exported as stream } from '../stream.ts'
import { requireHeaderName, requireHeaderValue } from './header-rules.ts'

export type HeaderValue = string | number | readonly string[]

export interface Writable {
  write(...args: unknown[]): boolean
  end(...args: unknown[]): this
  emit(event: string, ...args: unknown[]): boolean
  on(event: string, listener: (...args: never[]) => void): this
  once(event: string, listener: (...args: never[]) => void): this
  destroy(error?: Error | null): this
  readonly destroyed: boolean
  readonly writableEnded: boolean
}

const { Writable } = stream as unknown as { Writable: new (options: object) => Writable }

interface Header {
  name: string
  value: HeaderValue
}

export class OutgoingMessage extends Writable {
  readonly #headers = new Map<string, Header>()
  #isFixed = false
  finished = false
  socket: object | null = null

  constructor(_options?: unknown) {
    // It is done when the answer has been read, not when it has been written.
    super({ autoDestroy: false })
  }

  get headersSent(): boolean {
    return this.#isFixed
  }
  get connection(): object | null {
    return this.socket
  }

  #requireOpen(action: string): void {
    if (!this.#isFixed) return
    throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${action} headers after they are sent to the client`)
  }

  setHeader(name: unknown, value: HeaderValue): this {
    this.#requireOpen('set')
    requireHeaderName(name)
    for (const one of Array.isArray(value) ? value : [value]) requireHeaderValue(name, one)
    this.#headers.set(name.toLowerCase(), { name, value })
    return this
  }
  setHeaders(headers: unknown): this {
    this.#requireOpen('set')
    const isList = typeof headers === 'object' && headers !== null && Symbol.iterator in headers && 'keys' in headers
    if (!isList || Array.isArray(headers)) throw invalidArgumentType('headers', ['Headers', 'Map'], headers)
    for (const [name, value] of headers as Iterable<[string, HeaderValue]>) this.appendOrSet(name, value)
    return this
  }
  /** Of several cookies none is lost. */
  protected appendOrSet(name: string, value: HeaderValue): void {
    if (name.toLowerCase() === 'set-cookie') this.appendHeader(name, value)
    else this.setHeader(name, value)
  }
  appendHeader(name: unknown, value: HeaderValue): this {
    this.#requireOpen('append')
    requireHeaderName(name)
    const before = this.#headers.get(name.toLowerCase())
    if (!before) return this.setHeader(name, value)
    return this.setHeader(before.name, [before.value, value].flat().map(String))
  }
  getHeader(name: unknown): HeaderValue | undefined {
    if (typeof name !== 'string') throw invalidArgumentType('name', 'string', name)
    return this.#headers.get(name.toLowerCase())?.value
  }
  getHeaders(): Record<string, HeaderValue> {
    const values = [...this.#headers].map(([name, { value }]) => [name, value])
    return Object.assign(Object.create(null), Object.fromEntries(values))
  }
  getHeaderNames(): string[] {
    return [...this.#headers.keys()]
  }
  getRawHeaderNames(): string[] {
    return [...this.#headers.values()].map(({ name }) => name)
  }
  hasHeader(name: unknown): boolean {
    return this.getHeader(name) !== undefined
  }
  removeHeader(name: unknown): void {
    if (typeof name !== 'string') throw invalidArgumentType('name', 'string', name)
    this.#requireOpen('remove')
    this.#headers.delete(name.toLowerCase())
  }
  flushHeaders(): void {
    this.#isFixed = true
  }

  override write(...args: unknown[]): boolean {
    this.flushHeaders()
    return super.write(...args)
  }
  override end(...args: unknown[]): this {
    this.flushHeaders()
    this.finished = true
    return super.end(...args)
  }
}
