/** A socket that never connects: it says so when somebody tries, as an error that Node would deliver, and closes. */
import { surroundings } from '../../surroundings.ts'
import { sibling } from '../siblings.ts'
import { unavailable } from '../unavailable.ts'

export const noSockets = 'sockets are not opened for actions: use fetch, http or https'

interface Duplex {
  destroy(error?: Error): void
  once(name: string, listener: unknown): void
}

type SocketClass = new (options?: unknown) => Duplex

interface Target {
  host?: unknown
  port?: unknown
  path?: unknown
}

const targetOf = ([first, second]: readonly unknown[]): Target => {
  if (typeof first === 'object' && first !== null) return first
  const host = typeof second === 'string' ? second : 'localhost'
  return typeof first === 'string' && Number.isNaN(Number(first)) ? { path: first } : { port: Number(first), host }
}

/** With what Node's own errors of a connection tell. */
const refusalOf = (name: string, args: readonly unknown[]): Error => {
  const { host = 'localhost', port, path } = targetOf(args)
  const to = path === undefined ? { address: host, port } : { address: path }
  return Object.assign(unavailable(name, noSockets), { syscall: 'connect', ...to })
}

const makeClass = (): SocketClass => {
  const { Duplex } = sibling('stream') as { Duplex: SocketClass }
  return class Socket extends Duplex {
    connecting = false
    constructor(options?: unknown) {
      super({ ...(options as object), read: () => {}, write: () => {} })
    }
    connect(...args: unknown[]) {
      const listener = args.at(-1)
      if (typeof listener === 'function') this.once('connect', listener)
      surroundings.nextTick(() => this.destroy(refusalOf('net.connect', args)), [])
      return this
    }
    setTimeout() {
      return this
    }
    setNoDelay() {
      return this
    }
    setKeepAlive() {
      return this
    }
    ref() {
      return this
    }
    unref() {
      return this
    }
    address() {
      return {}
    }
    get pending() {
      return true
    }
    get readyState() {
      return 'closed'
    }
    get remoteAddress() {
      return undefined
    }
    get remotePort() {
      return undefined
    }
    get remoteFamily() {
      return undefined
    }
    get localAddress() {
      return undefined
    }
    get localPort() {
      return undefined
    }
    get bytesRead() {
      return 0
    }
    get bytesWritten() {
      return 0
    }
  }
}

let socketClass: SocketClass | undefined

export const loadSocket = (): SocketClass => {
  socketClass ??= makeClass()
  return socketClass
}

/** `net.connect(…)` and `tls.connect(…)`. */
export const connect = (...args: unknown[]): object =>
  (new (loadSocket())() as Duplex & { connect(...args: unknown[]): object }).connect(...args)
