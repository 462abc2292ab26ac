/**
 * What stands for a socket: requests leave by the server, which opens the connection. It can be asked to wait no longer, and
 * to end; whom it is connected to it does not know.
 */
import { surroundings } from '../../surroundings.ts'
import { EventEmitter } from '../events/emitter.ts'

type Timer = unknown

export class RequestSocket extends EventEmitter {
  readonly encrypted: true | undefined
  /** The server refuses connections whose certificate it cannot verify. */
  readonly authorized: true | undefined
  readonly remoteAddress = undefined
  readonly remotePort = undefined
  readonly localAddress = undefined
  readonly localPort = undefined
  readonly connecting = false
  readable = true
  writable = true
  destroyed = false
  timeout = 0
  #timer: Timer

  constructor(protocol: string) {
    super()
    if (protocol !== 'https:') return
    this.encrypted = true
    this.authorized = true
  }

  /** Emits `timeout` when nothing has happened for so long. */
  setTimeout(ms: unknown, listener?: unknown): this {
    this.timeout = Number(ms)
    if (typeof listener === 'function') this.once('timeout', listener as () => void)
    this.stirred()
    return this
  }
  /** Something has happened: the wait begins anew. */
  stirred(): void {
    const { clearTimeout, setTimeout } = surroundings.timers
    clearTimeout?.(this.#timer)
    if (this.timeout > 0 && !this.destroyed) this.#timer = setTimeout?.(() => this.emit('timeout'), this.timeout)
  }
  destroy(error?: unknown): this {
    if (this.destroyed) return this
    this.destroyed = true
    this.readable = false
    this.writable = false
    this.stirred()
    surroundings.nextTick(() => {
      if (error) this.emit('error', error)
      this.emit('close', Boolean(error))
    }, [])
    return this
  }
  end(): this {
    return this.destroy()
  }
  setKeepAlive(): this {
    return this
  }
  setNoDelay(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  address(): object {
    return {}
  }
}
