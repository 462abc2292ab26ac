/** Node's `dgram`: sockets exist, and send nothing. */
import { surroundings } from '../surroundings.ts'
import { exported as EventEmitter } from './events.ts'
import { shaped } from './shaped.ts'
import { unavailable } from './unavailable.ts'

const reason = 'datagrams do not leave the server: use fetch, http or https'

interface Emitter {
  emit(name: string, ...args: unknown[]): boolean
  once(name: string, listener: unknown): void
}

class Socket extends (EventEmitter as new () => Emitter) {
  #fail(name: string, args: readonly unknown[]): this {
    const callback = args.at(-1)
    const error = Object.assign(unavailable(`dgram.Socket.${name}`, reason), { syscall: name })
    surroundings.nextTick(() => {
      if (typeof callback === 'function' && name === 'send') callback(error)
      else this.emit('error', error)
    }, [])
    return this
  }
  bind(...args: unknown[]) {
    return this.#fail('bind', args)
  }
  connect(...args: unknown[]) {
    return this.#fail('connect', args)
  }
  send(...args: unknown[]) {
    return this.#fail('send', args)
  }
  close(callback?: unknown) {
    if (typeof callback === 'function') this.once('close', callback)
    surroundings.nextTick(() => this.emit('close'), [])
    return this
  }
  ref() {
    return this
  }
  unref() {
    return this
  }
}

export const exported = shaped('dgram', reason, { Socket, createSocket: () => new Socket() })
