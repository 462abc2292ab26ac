import { requireFunction, requireString } from '../validate.ts'
import { type Context, currentContext, runIn } from './context.ts'

type Call = (...args: unknown[]) => unknown

let lastId = 1

/** Keeps the context that it was made in, for what is called in its name. */
export class AsyncResource {
  readonly #context: Context = currentContext()
  readonly #id: number

  constructor(type: unknown) {
    requireString(type, 'type')
    lastId += 1
    this.#id = lastId
  }

  runInAsyncScope(callback: Call, thisArgument?: unknown, ...args: unknown[]): unknown {
    return runIn(this.#context, () => Reflect.apply(callback, thisArgument, args))
  }
  emitDestroy(): this {
    return this
  }
  asyncId(): number {
    return this.#id
  }
  triggerAsyncId(): number {
    return 1
  }
  bind(callback: unknown): Call {
    requireFunction(callback, 'fn')
    const bound = this.runInAsyncScope.bind(this, callback as Call)
    return Object.defineProperty(
      function (this: unknown, ...args: unknown[]) {
        return bound(this, ...args)
      },
      'length',
      { value: callback.length, configurable: true },
    )
  }

  static bind(callback: unknown, type?: string): Call {
    requireFunction(callback, 'fn')
    return new AsyncResource(type ?? (callback.name || 'bound-anonymous-fn')).bind(callback)
  }
}
