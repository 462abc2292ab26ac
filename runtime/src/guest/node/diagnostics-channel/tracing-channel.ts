/** Five channels that tell of one operation: its beginning and end, its continuation, and its error. */

import { requireFunction } from '../validate.ts'
import { type Channel, channelOf } from './channel.ts'

const eventNames = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const
type Events = Record<(typeof eventNames)[number], Channel>
type Listeners = Partial<Record<(typeof eventNames)[number], unknown>>
type Call = (...args: unknown[]) => unknown

interface Context {
  result?: unknown
  error?: unknown
}

interface Thenable {
  then(resolved: (value: unknown) => unknown, rejected: (error: unknown) => unknown): unknown
}

const isThenable = (value: unknown): value is Thenable =>
  typeof (value as Partial<Thenable> | null)?.then === 'function'

class TracingChannel {
  declare start: Channel
  declare end: Channel
  declare asyncStart: Channel
  declare asyncEnd: Channel
  declare error: Channel

  constructor(channels: Events) {
    Object.assign(this, channels)
  }

  get hasSubscribers(): boolean {
    return eventNames.some((name) => this[name].hasSubscribers)
  }
  subscribe(listeners: Listeners): void {
    for (const name of eventNames) if (listeners[name]) this[name].subscribe(listeners[name])
  }
  unsubscribe(listeners: Listeners): boolean {
    return eventNames.filter((name) => listeners[name]).every((name) => this[name].unsubscribe(listeners[name]))
  }

  /** Calls it between `start` and `end`. */
  #call(call: () => unknown, context: Context): unknown {
    return this.start.runStores(context, () => {
      try {
        return call()
      } catch (error) {
        context.error = error
        this.error.publish(context)
        throw error
      } finally {
        this.end.publish(context)
      }
    })
  }
  #continue(context: Context, failed: boolean): void {
    if (failed) this.error.publish(context)
    this.asyncStart.publish(context)
    this.asyncEnd.publish(context)
  }

  traceSync(call: Call, context: Context = {}, ...[self, ...args]: unknown[]): unknown {
    if (!this.hasSubscribers) return Reflect.apply(call, self, args)
    return this.#call(() => {
      context.result = Reflect.apply(call, self, args)
      return context.result
    }, context)
  }

  tracePromise(call: Call, context: Context = {}, ...[self, ...args]: unknown[]): unknown {
    if (!this.hasSubscribers) return Reflect.apply(call, self, args)
    const resolved = (result: unknown) => {
      context.result = result
      this.#continue(context, false)
      return result
    }
    const rejected = (error: unknown) => {
      context.error = error
      this.#continue(context, true)
      throw error
    }
    const answer = this.#call(() => Reflect.apply(call, self, args), context)
    return isThenable(answer) ? answer.then(resolved, rejected) : answer
  }

  traceCallback(
    call: Call,
    ...given: [position?: number, context?: Context, self?: unknown, ...args: unknown[]]
  ): unknown {
    const [position = -1, context = {}, self, ...args] = given
    if (!this.hasSubscribers) return Reflect.apply(call, self, args)
    const at = position < 0 ? args.length + position : position
    const callback = args[at]
    requireFunction(callback, 'callback')
    const { error: failed, asyncStart, asyncEnd } = this
    args[at] = function (this: unknown, ...answer: unknown[]) {
      const [error, result] = answer
      Object.assign(context, error ? { error } : { result })
      if (error) failed.publish(context)
      return asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, answer)
        } finally {
          asyncEnd.publish(context)
        }
      })
    }
    return this.#call(() => Reflect.apply(call, self, args), context)
  }
}

/** By a name, or of five channels that are there already. */
export const tracingChannelOf = (given: unknown): TracingChannel => {
  if (typeof given === 'object' && given !== null) return new TracingChannel(given as Events)
  const channels = eventNames.map((name) => [name, channelOf(`tracing:${String(given)}:${name}`)])
  return new TracingChannel(Object.fromEntries(channels) as Events)
}
