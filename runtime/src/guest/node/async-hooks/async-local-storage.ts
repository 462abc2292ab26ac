import { requireFunction } from '../validate.ts'
import { bindToContext, type Context, currentContext, enter, followContexts, runIn } from './context.ts'

type Call<Value> = (...args: unknown[]) => Value

const withValue = (storage: object, value: unknown): Context => new Map(currentContext()).set(storage, value)

const without = (storage: object): Context => {
  const context = new Map(currentContext())
  context.delete(storage)
  return context
}

interface Options {
  defaultValue?: unknown
  name?: unknown
}

/** Node's, as far as a context can be followed (`context.ts`). */
export class AsyncLocalStorage {
  readonly #defaultValue: unknown
  readonly #name: string

  constructor(options?: Options) {
    this.#defaultValue = options?.defaultValue
    this.#name = options?.name === undefined ? '' : `${options.name}`
    followContexts()
  }

  get name(): string {
    return this.#name
  }
  getStore(): unknown {
    const context = currentContext()
    return context.has(this) ? context.get(this) : this.#defaultValue
  }
  run<Value>(store: unknown, callback: Call<Value>, ...args: unknown[]): Value {
    return runIn(withValue(this, store), () => callback(...args))
  }
  exit<Value>(callback: Call<Value>, ...args: unknown[]): Value {
    return runIn(without(this), () => callback(...args))
  }
  enterWith(store: unknown): void {
    enter(withValue(this, store))
  }
  disable(): void {
    enter(without(this))
  }
  /** Ends with the block, by `using`. */
  withScope(store: unknown): object {
    const before = currentContext()
    this.enterWith(store)
    const dispose = () => enter(before)
    return { dispose, [Symbol.dispose]: dispose }
  }

  static bind(callback: unknown): unknown {
    requireFunction(callback, 'fn')
    return bindToContext(callback)
  }
  static snapshot(): (callback: Call<unknown>, ...args: unknown[]) => unknown {
    return bindToContext((callback: Call<unknown>, ...args: unknown[]) => callback(...args))
  }
}
