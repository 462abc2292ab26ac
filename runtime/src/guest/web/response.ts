/** `Response` of the Fetch standard, as far as a server needs it. */
import type { EgressAnswer } from '../../bridge/egress.ts'
import { RangeErrorClass, stringifyJson, TypeErrorClass, toNumber } from '../primordials.ts'
import { Body, contentOf } from './body.ts'
import { type Content, fromEgressBody, readContent } from './body-source.ts'
import { Headers } from './headers.ts'

interface Init {
  status?: unknown
  statusText?: unknown
  headers?: unknown
}

/** What only the network knows; authors cannot make one. */
class Arrival {
  readonly content: Content | undefined
  readonly url: string
  readonly redirected: boolean

  constructor(content: Content | undefined, url: string, redirected: boolean) {
    this.content = content
    this.url = url
    this.redirected = redirected
  }
}

const readSource = (body: unknown): { content: Content | undefined; type?: string } => {
  if (body === undefined || body === null) return { content: undefined }
  return body instanceof Arrival ? { content: body.content } : readContent(body)
}

export class Response extends Body {
  readonly #arrival: Arrival | undefined
  readonly status: number
  readonly statusText: string
  readonly headers: Headers

  constructor(body?: unknown, given?: unknown) {
    const { status = 200, statusText = '', headers } = (given ?? {}) as Init
    const { content, type } = readSource(body)
    super(content)
    this.#arrival = body instanceof Arrival ? body : undefined
    this.status = toNumber(status)
    this.statusText = `${statusText}`
    this.headers = new Headers(headers ?? {})
    if (!(this.status >= 200 && this.status <= 599))
      throw new RangeErrorClass('init["status"] must be in the range of 200 to 599, inclusive.')
    if (type !== undefined && !this.headers.has('content-type')) this.headers.set('content-type', type)
  }

  get ok(): boolean {
    return this.status >= 200 && this.status <= 299
  }
  get url(): string {
    return this.#arrival?.url ?? ''
  }
  get redirected(): boolean {
    return this.#arrival?.redirected ?? false
  }
  get type(): string {
    return this.#arrival === undefined ? 'default' : 'basic'
  }
  clone(): Response {
    if (this.bodyUsed) throw new TypeErrorClass('Response.clone: Body has already been consumed.')
    return new Response(new Arrival(contentOf(this), this.url, this.redirected), this)
  }
  get [Symbol.toStringTag]() {
    return 'Response'
  }

  static json(value: unknown, given?: unknown): Response {
    const response = new Response(stringifyJson(value), given)
    response.headers.set('content-type', 'application/json')
    return response
  }
}

export const toResponse = ({ url, redirected, body, ...init }: Extract<EgressAnswer, { ok: true }>): Response =>
  new Response(new Arrival(fromEgressBody(body), url, redirected), init)
