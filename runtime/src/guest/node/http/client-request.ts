/**
 * A request on its way: written like any stream, sent by the server when it has ended, and answered whole. Redirects are
 * answers like any other, as in Node.
 */
import type { EgressAnswer } from '../../../bridge/egress.ts'
import { invalidArgumentType, nodeError } from '../../node-error.ts'
import { surroundings } from '../../surroundings.ts'
import { loadNetwork } from '../../used-network.ts'
import { AbortError } from '../abort-error.ts'
import { bytesClass } from '../bytes-class.ts'
import { unavailable } from '../unavailable.ts'
import { Agent, type AgentObject, isProxyAgent } from './agent.ts'
import { headersOf, IncomingMessage } from './incoming-message.ts'
import { type HeaderValue, OutgoingMessage } from './outgoing-message.ts'
import { hungUp, toRequestError } from './request-error.ts'
import { hostOf, type RequestOptions, readArguments, readTarget, type Target, urlOf } from './request-options.ts'
import { RequestSocket } from './socket.ts'

const globalAgents = { http: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5_000 }) }

interface Options extends RequestOptions {
  /** Whose agent counts where none is given: that of `http`, or of `https`. */
  _defaultAgent?: AgentObject
}

const agentOf = ({ agent, _defaultAgent = globalAgents.http }: Options): AgentObject => {
  if (agent === undefined || agent === null) return _defaultAgent
  if (agent === false) return new (_defaultAgent.constructor as typeof Agent)()
  if (typeof (agent as { addRequest?: unknown }).addRequest === 'function') return agent as AgentObject
  throw invalidArgumentType('options.agent', ['Agent-like Object', 'undefined', 'false'], agent)
}

/** What would go another way than by the server, or prove who asks by a certificate. */
const refusalOf = (options: Options, agent: object): Error | undefined => {
  if (isProxyAgent(agent)) return unavailable('A proxy', 'the server decides on which way a request leaves')
  if (options.socketPath) return unavailable('options.socketPath', 'requests leave over the network only')
  if (options.cert || options.key || options.pfx)
    return unavailable('A client certificate', 'the server opens the connection')
  return undefined
}

const sendableMethod = /^(?!(?:CONNECT|TRACE|TRACK)$)/

const pairsOf = (headers: Record<string, HeaderValue>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, `${one}`]))

export class ClientRequest extends OutgoingMessage {
  readonly agent: AgentObject
  readonly method: string
  readonly protocol: string
  readonly host: string
  path: string
  aborted = false
  reusedSocket = false
  timeout: number | undefined
  res: IncomingMessage | null = null
  readonly #target: Target
  readonly #chunks: Uint8Array[] = []
  readonly #waiting: RequestSocket
  #sentAs: number | undefined
  #isAnswered = false

  constructor(...given: [url: unknown, options?: unknown, callback?: unknown]) {
    super()
    const { options, callback } = readArguments(given)
    this.agent = agentOf(options)
    const { protocol, defaultPort } = { ...globalAgents.http, ...(options as Options)._defaultAgent, ...this.agent }
    this.#target = readTarget(options, { protocol, defaultPort })
    this.method = this.#target.method
    this.protocol = this.#target.protocol
    this.host = this.#target.host
    this.path = this.#target.path
    this.#waiting = new RequestSocket(this.protocol)
    this.#takeHeaders(options)
    if (callback) this.once('response', callback as () => void)
    this.#follow(options)
    const refusal = refusalOf(options, this.agent)
    surroundings.nextTick(() => (refusal ? this.destroy(refusal) : this.#open()), [])
  }

  #takeHeaders({ headers, setHost, auth }: RequestOptions): void {
    if (Array.isArray(headers)) this.#takeList(headers)
    else for (const name of Object.keys(headers ?? {})) this.setHeader(name, Reflect.get(headers as object, name))
    if (setHost !== false && !this.hasHeader('host')) this.setHeader('Host', hostOf(this.#target))
    if (!auth || this.hasHeader('authorization')) return
    this.setHeader('Authorization', `Basic ${bytesClass().from(auth).toString('base64')}`)
  }

  /** `[name, value, name, value]`, or `[[name, value]]`. */
  #takeList(list: readonly unknown[]): void {
    if (list.every(Array.isArray)) {
      for (const [name, value] of list) this.appendHeader(name, value)
      return
    }
    if (list.length % 2 !== 0)
      throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'headers' is invalid. Received an odd number")
    for (let index = 0; index < list.length; index += 2) this.appendHeader(list[index], list[index + 1] as HeaderValue)
  }

  #follow({ signal, timeout }: RequestOptions): void {
    this.#waiting.on('timeout', () => this.emit('timeout'))
    if (timeout !== undefined) {
      this.timeout = timeout
      this.#waiting.setTimeout(timeout)
    }
    if (!signal) return
    const giveUp = () => this.destroy(new AbortError(undefined, { cause: signal.reason }))
    if (signal.aborted) surroundings.nextTick(giveUp, [])
    else signal.addEventListener('abort', giveUp)
  }

  #open(): void {
    if (this.destroyed) return
    this.socket = this.#waiting
    this.emit('socket', this.#waiting)
    // The server sends a request when it is whole; who waits to be asked for the body need not wait.
    if (`${this.getHeader('expect') ?? ''}`.toLowerCase() === '100-continue') this.emit('continue')
  }

  _write(chunk: Uint8Array, _encoding: unknown, done: () => void): void {
    this.#chunks.push(chunk)
    this.#waiting.stirred()
    done()
  }
  _final(done: (error?: Error) => void): void {
    done()
    surroundings.nextTick(() => this.#send(), [])
  }

  #send(): void {
    if (this.destroyed) return
    const body = bytesClass().concat(this.#chunks)
    const { method } = this
    const url = urlOf({ ...this.#target, path: this.path })
    if (!sendableMethod.test(method))
      return void this.destroy(unavailable(`The method ${method}`, 'no request may be a tunnel'))
    if (body.length > 0 && (method === 'GET' || method === 'HEAD'))
      return void this.destroy(unavailable(`A body of a ${method} request`, 'the server sends none'))
    const { ledger, toSendable } = loadNetwork()
    const headers = pairsOf(this.getHeaders())
    const content = body.length === 0 ? undefined : { bytes: body as Uint8Array<ArrayBuffer> }
    const sendable = toSendable({ method, url, headers, redirect: 'manual' }, content)
    if (sendable.refusal) return void this.destroy(toRequestError(sendable.refusal))
    this.#sentAs = ledger.send(
      sendable.request,
      surroundings.follow((answer: EgressAnswer) => this.#settle(answer)),
    )
  }

  #settle(answer: EgressAnswer): void {
    // An answer may be there at once; and listeners may throw, which is nobody's but the run's.
    surroundings.nextTick(() => {
      if (this.destroyed) return
      this.#isAnswered = answer.ok
      if (answer.ok) this.#receive(answer)
      else this.destroy(toRequestError(answer))
    }, [])
  }

  #receive(answer: Extract<EgressAnswer, { ok: true }>): void {
    const response = new IncomingMessage(this.#waiting)
    const { status, statusText, body } = answer
    const bytes = 'text' in body ? bytesClass().from(body.text) : bytesClass().from(body.base64, 'base64')
    response.arrive({ status, statusText, pairs: headersOf(answer, this.method), body: bytes })
    response.req = this
    this.res = response
    response.once('end', () => this.#finish())
    response.once('close', () => this.#finish())
    this.#waiting.stirred()
    if (!this.emit('response', response)) response.resume()
  }

  #finish(): void {
    this.#waiting.setTimeout(0)
    this.destroy()
  }

  _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#sentAs !== undefined && !this.#isAnswered) loadNetwork().ledger.abandon(this.#sentAs)
    const { res } = this
    this.#waiting.destroy()
    if (this.#isAnswered && res && !res.readableEnded) res.destroy(error ?? hungUp('aborted'))
    done(this.#isAnswered ? error : (error ?? hungUp()))
  }

  abort(): void {
    if (this.aborted) return
    this.aborted = true
    surroundings.nextTick(() => this.emit('abort'), [])
    this.destroy()
  }
  setTimeout(ms: unknown, listener?: unknown): this {
    if (typeof ms !== 'number') throw invalidArgumentType('msecs', 'number', ms)
    if (typeof listener === 'function') this.once('timeout', listener as () => void)
    this.#waiting.setTimeout(ms)
    return this
  }
  clearTimeout(listener?: unknown): this {
    return this.setTimeout(0, listener)
  }
  setNoDelay(): void {}
  setSocketKeepAlive(): void {}
}

export const globalAgent = globalAgents.http
