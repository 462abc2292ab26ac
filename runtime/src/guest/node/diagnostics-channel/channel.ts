/** A named channel: who publishes does not know who listens. An error of a listener is nobody's but its own. */
import { surroundings } from '../../surroundings.ts'
import { requireFunction } from '../validate.ts'

type Listener = (message: unknown, name: string | symbol) => void

interface Storage {
  run<Value>(store: unknown, callback: () => Value): Value
  enterWith(store: unknown): void
  getStore(): unknown
}

type Transform = (message: unknown) => unknown

const asItIs: Transform = (message) => message

export class Channel {
  readonly name: string | symbol
  #listeners: readonly Listener[] = []
  readonly #stores = new Map<Storage, Transform>()

  constructor(name: string | symbol) {
    this.name = name
  }

  get hasSubscribers(): boolean {
    return this.#listeners.length + this.#stores.size > 0
  }
  subscribe(listener: unknown): void {
    requireFunction(listener, 'subscription')
    this.#listeners = [...this.#listeners, listener]
  }
  unsubscribe(listener: unknown): boolean {
    const at = this.#listeners.indexOf(listener as Listener)
    this.#listeners = this.#listeners.filter((_, index) => index !== at)
    return at !== -1
  }
  bindStore(storage: Storage, transform: Transform = asItIs): void {
    this.#stores.set(storage, transform)
  }
  unbindStore(storage: Storage): boolean {
    return this.#stores.delete(storage)
  }
  publish(message: unknown): void {
    for (const listener of this.#listeners) {
      try {
        listener(message, this.name)
      } catch (error) {
        surroundings.nextTick(() => surroundings.report(error), [])
      }
    }
  }
  runStores(message: unknown, callback: (...args: unknown[]) => unknown, ...[self, ...args]: unknown[]): unknown {
    const call = () => {
      this.publish(message)
      return Reflect.apply(callback, self, args)
    }
    const nested = [...this.#stores].reduce(
      (inner, [storage, transform]) =>
        () =>
          storage.run(transform(message), inner),
      call,
    )
    return nested()
  }
  /** Ends with the block, by `using`. */
  withStoreScope(message: unknown): object {
    const before = [...this.#stores.keys()].map((storage) => [storage, storage.getStore()] as const)
    for (const [storage, transform] of this.#stores) storage.enterWith(transform(message))
    this.publish(message)
    return {
      [Symbol.dispose]: () => {
        for (const [storage, store] of before) storage.enterWith(store)
      },
    }
  }
}

const channels = new Map<unknown, Channel>()

/** The one channel of this name. */
export const channelOf = (name: unknown): Channel => {
  const channel = channels.get(name) ?? new Channel(name as string)
  channels.set(name, channel)
  return channel
}
