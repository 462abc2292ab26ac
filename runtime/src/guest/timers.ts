/** Timers with Node's surface. The host keeps the clock: it is told what is pending, and fires by id. */
import { codedError } from './coded-error.ts'
import { apply, TypeErrorClass, toNumber } from './primordials.ts'
import type { Timer, TimerLedger } from './timer-ledger.ts'

type Callback = (...args: unknown[]) => unknown

const longestDelayMs = 2 ** 31 - 1

/** As Node does: what is no number from 1 to 2^31-1 counts as 1. */
const toDelay = (value: unknown): number => {
  const delay = toNumber(value)
  return delay >= 1 && delay <= longestDelayMs ? delay : 1
}

/** What `setTimeout` and its kin return. A process that waits for nothing else has no meaning here: `ref` changes nothing. */
class Timeout {
  readonly #ledger: TimerLedger
  readonly #timer: Timer
  #closed = false

  constructor(ledger: TimerLedger, timer: Timer) {
    this.#ledger = ledger
    this.#timer = timer
    ledger.arm(timer)
  }

  ref() {
    return this
  }
  unref() {
    return this
  }
  hasRef() {
    return true
  }
  refresh() {
    if (!this.#closed) this.#ledger.arm(this.#timer)
    return this
  }
  close() {
    this.#closed = true
    this.#ledger.disarm(this.#timer.id)
    return this
  }
  [Symbol.toPrimitive]() {
    return this.#timer.id
  }

  /** Clears what `setTimeout` returned, as object or as number; anything else is ignored. */
  static clear(ledger: TimerLedger, value: unknown) {
    if (typeof value === 'object' && value !== null && #timer in value) closeTimeout(value)
    else if (typeof value === 'number' || typeof value === 'string') ledger.disarm(toNumber(value))
  }
}

// Authors reach the class through a handle: nothing is looked up on it after this line.
const { close } = Timeout.prototype
const { clear: clearHandle } = Timeout
const closeTimeout = (timeout: Timeout) => apply(close, timeout, [])

const requireCallback = (callback: unknown): Callback => {
  if (typeof callback === 'function') return callback as Callback
  throw codedError('The "callback" argument must be of type function.', 'ERR_INVALID_ARG_TYPE', TypeErrorClass)
}

export interface Timers {
  /** The functions authors get. */
  functions: Record<string, Callback>
  /** Runs the callback of a pending timer; throws what it throws. */
  fire(id: number): void
}

export const createTimers = (ledger: TimerLedger): Timers => {
  let lastId = 0

  const start = (callback: unknown, args: unknown[], schedule: Pick<Timer, 'delayMs' | 'repeats'>) => {
    const run = requireCallback(callback)
    lastId += 1
    return new Timeout(ledger, { id: lastId, callback: () => apply(run, undefined, args), ...schedule })
  }
  const clear = (value: unknown) => clearHandle(ledger, value)

  return {
    functions: {
      setTimeout: (callback, delay, ...args) => start(callback, args, { delayMs: toDelay(delay), repeats: false }),
      setInterval: (callback, delay, ...args) => start(callback, args, { delayMs: toDelay(delay), repeats: true }),
      setImmediate: (callback, ...args) => start(callback, args, { delayMs: 0, repeats: false }),
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    },
    fire: (id) => {
      const timer = ledger.find(id)
      if (timer === undefined) return
      if (timer.repeats) ledger.arm(timer)
      else ledger.disarm(id)
      timer.callback()
    },
  }
}
