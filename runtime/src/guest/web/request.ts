/** `Request` of the Fetch standard, as far as a server needs it. */
import { callHost } from '../host-call.ts'
import { bare, matchPattern, slice, TypeErrorClass, toUpperCase } from '../primordials.ts'
import { type AbortSignal, createSignal, isSignal } from './abort-signal.ts'
import { Body, contentOf } from './body.ts'
import { type Content, readContent } from './body-source.ts'
import { Headers } from './headers.ts'

type Redirect = 'follow' | 'error' | 'manual'

interface Init {
  method?: unknown
  headers?: unknown
  body?: unknown
  redirect?: unknown
  signal?: unknown
}

/** Makes a URL absolute and normal, by the host; throws `Invalid URL`. */
const resolveUrl = (url: string): string => callHost({ call: 'url.resolve', url })

const longestMethod = 32
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
/** Written in upper case whatever the author wrote; others stay as they are. */
const normalized = /^(?:delete|get|head|options|post|put)$/i
const forbidden = /^(?:connect|trace|track)$/i

const readMethod = (given: unknown): string => {
  const method = `${given}`
  if (method.length > longestMethod || matchPattern(token, method) === null || matchPattern(forbidden, method) !== null)
    throw new TypeErrorClass(`'${slice(method, 0, longestMethod)}' is not a valid HTTP method.`)
  return matchPattern(normalized, method) === null ? method : toUpperCase(method)
}

const readRedirect = (given: unknown): Redirect => {
  if (given === 'follow' || given === 'error' || given === 'manual') return given
  throw new TypeErrorClass('Request: "redirect" must be "follow", "error" or "manual".')
}

const readSignal = (given: unknown): AbortSignal => {
  if (given === undefined || given === null) return createSignal()
  if (!isSignal(given)) throw new TypeErrorClass('Request: "signal" must be an AbortSignal.')
  return given
}

const readUrl = (input: unknown): string => {
  const text = `${input}`
  try {
    return resolveUrl(text)
  } catch (error) {
    throw new TypeErrorClass(`Failed to parse URL from ${text.length > 256 ? '…' : text}`, bare({ cause: error }))
  }
}

const readBody = (init: Init, input: Request | undefined): { content: Content | undefined; type?: string } => {
  if (init.body !== undefined && init.body !== null) return readContent(init.body)
  if (input === undefined || init.body === null) return { content: undefined }
  if (input.bodyUsed)
    throw new TypeErrorClass('Cannot construct a Request with a Request object that has already been used.')
  return { content: contentOf(input) }
}

export class Request extends Body {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly redirect: Redirect
  readonly signal: AbortSignal

  constructor(input: unknown, given?: unknown) {
    const init = (given ?? {}) as Init
    const from = input instanceof Request ? input : undefined
    const { content, type } = readBody(init, from)
    super(content)
    // Authors may have written to the fields of the other one.
    this.url = readUrl(from === undefined ? input : from.url)
    this.method = readMethod(init.method ?? from?.method ?? 'GET')
    this.headers = new Headers(init.headers ?? from?.headers ?? {})
    this.redirect = readRedirect(init.redirect ?? from?.redirect ?? 'follow')
    this.signal = readSignal(init.signal === undefined ? from?.signal : init.signal)
    if (content !== undefined && (this.method === 'GET' || this.method === 'HEAD'))
      throw new TypeErrorClass('Request with GET/HEAD method cannot have body.')
    if (type !== undefined && !this.headers.has('content-type')) this.headers.set('content-type', type)
  }

  clone(): Request {
    return new Request(this)
  }
  get [Symbol.toStringTag]() {
    return 'Request'
  }
}
