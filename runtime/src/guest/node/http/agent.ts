/**
 * Node's `Agent`. The server opens a connection for each request and ends it afterwards, so there is nothing to pool: an agent
 * says which protocol it is for, and carries options. A function: packages inherit from it by hand.
 */
import { EventEmitter } from '../events/emitter.ts'
import { named } from '../named.ts'
import { noSockets } from '../net/refused-socket.ts'
import { unavailable } from '../unavailable.ts'

interface Options {
  keepAlive?: unknown
  keepAliveMsecs?: number
  maxSockets?: number
  maxFreeSockets?: number
  maxTotalSockets?: number
  scheduling?: string
}

export interface AgentObject {
  defaultPort: number
  protocol: string
  options: object
}

export interface AgentClass {
  new (options?: unknown): AgentObject
  (this: unknown, options?: unknown): unknown
  prototype: object
}

const fields = (options: Options) => ({
  options: { ...options, noDelay: true, path: null },
  requests: Object.create(null),
  sockets: Object.create(null),
  freeSockets: Object.create(null),
  keepAliveMsecs: options.keepAliveMsecs || 1_000,
  keepAlive: Boolean(options.keepAlive),
  maxSockets: options.maxSockets || Number.POSITIVE_INFINITY,
  maxFreeSockets: options.maxFreeSockets || 256,
  scheduling: options.scheduling || 'lifo',
  maxTotalSockets: options.maxTotalSockets ?? Number.POSITIVE_INFINITY,
  totalSocketCount: 0,
})

const nameOf = ({ host = 'localhost', port = '', localAddress = '', family }: Record<string, unknown> = {}): string =>
  `${host}:${port}:${localAddress}${family === 4 || family === 6 ? `:${family}` : ''}`

const methods = {
  getName: nameOf,
  /** There is nothing open. */
  destroy() {},
  createConnection() {
    throw unavailable('http.Agent.createConnection', noSockets)
  },
  keepSocketAlive: () => true,
  reuseSocket() {},
  removeSocket() {},
  addRequest() {
    throw unavailable('http.Agent.addRequest', noSockets)
  },
  createSocket() {
    throw unavailable('http.Agent.createSocket', noSockets)
  },
}

const makeClass = (own: { protocol: string; defaultPort: number }): AgentClass => {
  const Agent = named('Agent', function (this: AgentObject, options?: Options): unknown {
    if (!(this instanceof Agent)) return new Agent(options)
    ;(EventEmitter as unknown as () => void).call(this)
    return void Object.assign(this, own, fields(options ?? {}))
  } as unknown as AgentClass)
  Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype)
  Object.setPrototypeOf(Agent, EventEmitter)
  return Agent
}

export const Agent = makeClass({ protocol: 'http:', defaultPort: 80 })
Object.defineProperties(
  Agent.prototype,
  Object.fromEntries(
    Object.entries(methods).map(([name, value]) => [
      name,
      { value, configurable: true, writable: true, enumerable: true },
    ]),
  ),
)

// Node's own limit: none.
Object.assign(Agent, { defaultMaxSockets: Number.POSITIVE_INFINITY })

export const SecureAgent = makeClass({ protocol: 'https:', defaultPort: 443 })
Object.setPrototypeOf(SecureAgent.prototype, Agent.prototype)
Object.setPrototypeOf(SecureAgent, Agent)

const proxyFields = ['proxy', 'proxyUri', 'proxyOptions', 'proxyAgent']

/** Agents that would send a request on another way: what they ask for cannot be done, and is not passed over. */
export const isProxyAgent = (agent: object): boolean => proxyFields.some((name) => Boolean(Reflect.get(agent, name)))
