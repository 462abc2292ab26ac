/** `Response` of the Fetch standard, as far as a server needs it. */
import type { EgressAnswer } from '../../bridge/egress.ts'
import { callHost } from '../host-call.ts'
import { bare, RangeErrorClass, stringifyJson, TypeErrorClass, toNumber } from '../primordials.ts'
import { Body, isUnusable, mixBody, shareContent } from './body.ts'
import { type Content, fromEgressBody, readContent } from './body-source.ts'
import { Headers } from './headers.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { enumerable, tag } from './named.ts'

interface Init {
  status?: unknown
  statusText?: unknown
  headers?: unknown
}

interface Facts {
  content: Content | undefined
  url: string
  redirected: boolean
  type: 'basic' | 'default' | 'error'
}

/** What only the network knows; authors cannot make one. */
class Arrival {
  readonly facts: Facts
  constructor(facts: Facts) {
    this.facts = facts
  }
}

const withoutBody = [101, 103, 204, 205, 304]
const redirects = [301, 302, 303, 307, 308]

const readSource = (body: unknown, status: number): { content: Content | undefined; type?: string } => {
  if (body === undefined || body === null) return { content: undefined }
  if (body instanceof Arrival) return { content: body.facts.content }
  if (withoutBody.includes(status))
    throw new TypeErrorClass(`Response constructor: Invalid response status code ${status}`)
  return readContent(body)
}

const readStatus = (given: unknown, isError: boolean): number => {
  const status = toNumber(given) & 0xffff
  if (!isError && !(status >= 200 && status <= 599))
    throw new RangeErrorClass('init["status"] must be in the range of 200 to 599, inclusive.')
  return status
}

const made: Facts = { content: undefined, url: '', redirected: false, type: 'default' }

export class Response extends Body {
  readonly #facts: Facts
  readonly #status: number
  readonly #statusText: string
  readonly #headers: Headers

  constructor(body: unknown = undefined, given: unknown = undefined) {
    const { status: wanted = 200, statusText = '', headers } = (given ?? {}) as Init
    const facts = body instanceof Arrival ? body.facts : made
    const status = readStatus(wanted, facts.type === 'error')
    const { content, type } = readSource(body, status)
    super(content)
    this.#facts = facts
    this.#status = status
    this.#statusText = `${statusText}`
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(this.#statusText)) throw new TypeErrorClass('Invalid statusText')
    this.#headers = new Headers(headers ?? {})
    if (type !== undefined && !this.#headers.has('content-type')) this.#headers.set('content-type', type)
  }

  get type(): string {
    return this.#facts.type
  }
  get url(): string {
    return this.#facts.url
  }
  get redirected(): boolean {
    return this.#facts.redirected
  }
  get status(): number {
    return this.#status
  }
  get ok(): boolean {
    return this.#status >= 200 && this.#status <= 299
  }
  get statusText(): string {
    return this.#statusText
  }
  get headers(): Headers {
    return this.#headers
  }
  clone(): Response {
    if (isUnusable(this)) throw new TypeErrorClass('Response.clone: Body has already been consumed.')
    return new Response(new Arrival({ ...this.#facts, content: shareContent(this) }), this)
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this
    return showFields('Response', { status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, [
      depth,
      options,
    ])
  }

  static error(): Response {
    return new Response(new Arrival({ ...made, type: 'error' }), { status: 0 })
  }
  static json(value: unknown, given: unknown = undefined): Response {
    const text = stringifyJson(value)
    if (text === undefined) throw new TypeErrorClass('Value is not JSON serializable')
    const response = new Response(text, given)
    const headers = new Headers((given as Init | undefined)?.headers ?? {})
    if (!headers.has('content-type')) response.headers.set('content-type', 'application/json')
    return response
  }
  static redirect(url: unknown, status: unknown = 302): Response {
    const code = toNumber(status) & 0xffff
    const location = resolve(`${url}`)
    if (!redirects.includes(code)) throw new RangeErrorClass(`Invalid status code ${code}`)
    return new Response(null, { status: code, headers: { location } })
  }
}
enumerable(Response, 'type', 'url', 'status', 'ok', 'redirected', 'statusText', 'headers', 'clone')
mixBody(Response)
tag(Response, 'Response')

const resolve = (url: string): string => {
  try {
    return callHost({ call: 'url.resolve', url })
  } catch (error) {
    throw new TypeErrorClass(`Failed to parse URL from ${url}`, bare({ cause: error }))
  }
}

/** Answers that have no body at all, not even an empty one (Fetch, 2.2.3). */
const hasNoBody = (status: number): boolean => status === 204 || status === 205 || status === 304

export const toResponse = ({ url, redirected, body, ...init }: Extract<EgressAnswer, { ok: true }>): Response => {
  const content = hasNoBody(init.status) ? undefined : fromEgressBody(body)
  return new Response(new Arrival({ content, url, redirected, type: 'basic' }), init)
}
