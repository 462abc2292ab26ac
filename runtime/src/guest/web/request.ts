/** `Request` of the Fetch standard, as far as a server needs it. */
import { callHost } from '../host-call.ts'
import { bare, matchPattern, slice, TypeErrorClass, toUpperCase } from '../primordials.ts'
import type { AbortSignal } from './abort-signal.ts'
import { Body, isUnusable, mixBody, shareContent, takeContent } from './body.ts'
import { type Content, readContent } from './body-source.ts'
import { Headers } from './headers.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { late } from './late.ts'
import { enumerable, tag } from './named.ts'

type Redirect = 'follow' | 'error' | 'manual'

interface Init {
  method?: unknown
  headers?: unknown
  body?: unknown
  redirect?: unknown
  signal?: unknown
  duplex?: unknown
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

const readSignal = (given: unknown): AbortSignal | undefined => {
  if (given === undefined || given === null) return undefined
  if (!late('abort').load().isSignal(given)) throw new TypeErrorClass('Request: "signal" must be an AbortSignal.')
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
  if (init.body !== undefined && init.body !== null) {
    const source = readContent(init.body)
    if ('chunks' in source.content && init.duplex === undefined)
      throw new TypeErrorClass('RequestInit: duplex option is required when sending a body.')
    return source
  }
  if (input === undefined || init.body === null) return { content: undefined }
  if (isUnusable(input))
    throw new TypeErrorClass('Cannot construct a Request with a Request object that has already been used.')
  return { content: takeContent(input) }
}

/** What a browser acts upon and a server does not: it is kept, and told when it is asked for. */
const inert = {
  destination: '',
  referrer: 'about:client',
  referrerPolicy: '',
  mode: 'cors',
  credentials: 'same-origin',
  cache: 'default',
  integrity: '',
  keepalive: false,
  isReloadNavigation: false,
  isHistoryNavigation: false,
  duplex: 'half',
}
type Inert = keyof typeof inert

/** The signal a request was given, if any. */
export let signalOf: (request: Request) => AbortSignal | undefined
let inertOf: (request: Request, name: Inert) => unknown

/** What a clone is made of. */
class Original {
  readonly request: Request
  constructor(request: Request) {
    this.request = request
  }
}

const readInit = (given: unknown): Init => {
  if (given === undefined || given === null) return {}
  if (typeof given !== 'object' && typeof given !== 'function')
    throw new TypeErrorClass('Request constructor: Expected given ("init") to be one of: Null, Undefined, Object.')
  return given
}

// Declared here for the compiler; made below, all alike.
export interface Request extends Readonly<Record<Inert, unknown>> {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the accessors of the interface are defined below
export class Request extends Body {
  readonly #method: string
  readonly #url: string
  readonly #headers: Headers
  readonly #redirect: Redirect
  readonly #given: Init
  #signal: AbortSignal | undefined

  static {
    signalOf = (request) => request.#signal
    inertOf = (request, name) => (request.#given as Partial<Record<Inert, unknown>>)[name] ?? inert[name]
  }

  constructor(input: unknown, given: unknown = undefined) {
    const init = readInit(given)
    const original = input instanceof Original ? input.request : undefined
    const from = original ?? (input instanceof Request ? input : undefined)
    const { content, type } = original === undefined ? readBody(init, from) : { content: shareContent(original) }
    super(content)
    this.#given = init
    this.#url = from === undefined ? readUrl(input) : from.#url
    this.#method = readMethod(init.method ?? from?.method ?? 'GET')
    this.#headers = new Headers(init.headers ?? from?.headers ?? {})
    this.#redirect = readRedirect(init.redirect ?? from?.redirect ?? 'follow')
    this.#signal = init.signal === undefined ? from?.signal : readSignal(init.signal)
    if (content !== undefined && (this.#method === 'GET' || this.#method === 'HEAD'))
      throw new TypeErrorClass('Request with GET/HEAD method cannot have body.')
    if (type !== undefined && !this.#headers.has('content-type')) this.#headers.set('content-type', type)
  }

  get method(): string {
    return this.#method
  }
  get url(): string {
    return this.#url
  }
  get headers(): Headers {
    return this.#headers
  }
  get redirect(): Redirect {
    return this.#redirect
  }
  get signal(): AbortSignal {
    this.#signal ??= late('abort').load().createSignal()
    return this.#signal
  }
  clone(): Request {
    if (isUnusable(this)) throw new TypeErrorClass('Request.clone: Body has already been consumed.')
    return new Request(new Original(this))
  }
  [inspectSymbol](depth: unknown, options: unknown): string {
    const { method, url, headers, signal, redirect } = this
    const { destination, referrer, referrerPolicy, mode, credentials, cache, ...rest } = inert
    const { integrity, keepalive, isReloadNavigation, isHistoryNavigation } = rest
    const before = { method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache }
    const after = { redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal }
    return showFields('Request', { ...before, ...after }, [depth, options])
  }
}

for (const name of Object.keys(inert) as Inert[]) {
  const get = function (this: Request) {
    return inertOf(this, name)
  }
  Object.defineProperty(Request.prototype, name, { get, configurable: true, enumerable: true })
}
enumerable(Request, 'method', 'url', 'headers', 'redirect', 'clone', 'signal')
mixBody(Request)
tag(Request, 'Request')
