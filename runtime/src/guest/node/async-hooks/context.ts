/**
 * The asynchronous context: what `AsyncLocalStorage` keeps for the code that runs now and for what it starts.
 *
 * It follows what is called later through timers, `process.nextTick`, `queueMicrotask` and `then`: each callback is bound
 * where it is handed over. V8 tells nobody when an `await` goes on, so the code after one is in no context.
 */
import { surroundings } from '../../surroundings.ts'

type Callback = (...args: never[]) => unknown

/** Never changed: a new one for each value. */
export type Context = ReadonlyMap<object, unknown>

let current: Context = new Map()
let isFollowed = false

export const currentContext = (): Context => current

/** Calls it in the context, and goes back to the one that was there before. */
export const runIn = <Value>(context: Context, call: () => Value): Value => {
  const before = current
  current = context
  try {
    return call()
  } finally {
    current = before
  }
}

/** For the rest of what runs now. */
export const enter = (context: Context): void => {
  current = context
}

/** As `callback`, in the context of now. */
export const bindToContext = <Bound extends Callback>(callback: Bound): Bound => {
  const context = current
  return function (this: unknown, ...args: never[]) {
    return runIn(context, () => Reflect.apply(callback, this, args))
  } as Bound
}

const isCallback = (value: unknown): value is Callback => typeof value === 'function'
const bound = (value: unknown): unknown => (isCallback(value) ? bindToContext(value) : value)

const followThen = (): void => {
  const { prototype } = Promise
  const { then } = prototype
  const following = {
    // biome-ignore lint/suspicious/noThenProperty: it takes the place of the one of promises
    then(this: Promise<unknown>, onFulfilled?: unknown, onRejected?: unknown) {
      if (current.size === 0) return Reflect.apply(then, this, [onFulfilled, onRejected])
      return Reflect.apply(then, this, [bound(onFulfilled), bound(onRejected)])
    },
  }
  Object.defineProperty(following.then, 'length', { value: 2, configurable: true })
  Object.defineProperty(prototype, 'then', { value: following.then, configurable: true, writable: true })
}

/** Once somebody keeps something in a context: until then nothing is dearer for it. */
export const followContexts = (): void => {
  if (isFollowed) return
  isFollowed = true
  surroundings.follow = (callback) => (current.size === 0 ? callback : bindToContext(callback))
  followThen()
}
