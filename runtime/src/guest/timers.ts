/** Timers with Node's surface. The host keeps the clock: it is told what is pending, and fires by id. */
import { type Callback, requireCallback } from './callback.ts'
import { apply, bare, defineProperty, toNumber } from './primordials.ts'
import { surroundings } from './surroundings.ts'
import type { Timer, TimerLedger } from './timer-ledger.ts'

const longestDelayMs = 2 ** 31 - 1

/** As Node does: what is no number from 1 to 2^31-1 counts as 1. */
const toDelay = (value: unknown): number => {
  const delay = toNumber(value)
  return delay >= 1 && delay <= longestDelayMs ? delay : 1
}

/** What `setTimeout` and `setInterval` return. A process that waits for nothing else has no meaning here: `ref` changes what `hasRef` says. */
class Timeout {
  readonly #ledger: TimerLedger
  readonly #timer: Timer
  #closed = false
  #isReferenced = true

  constructor(ledger: TimerLedger, timer: Timer) {
    this.#ledger = ledger
    this.#timer = timer
    ledger.arm(timer)
  }

  ref() {
    this.#isReferenced = true
    return this
  }
  unref() {
    this.#isReferenced = false
    return this
  }
  hasRef() {
    return this.#isReferenced
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

/** What `setImmediate` returns. */
class Immediate {
  readonly #timer: Timer
  #isReferenced = true

  constructor(ledger: TimerLedger, timer: Timer) {
    this.#timer = timer
    ledger.arm(timer)
  }

  ref() {
    this.#isReferenced = true
    return this
  }
  unref() {
    this.#isReferenced = false
    return this
  }
  hasRef() {
    return this.#isReferenced
  }

  static clear(ledger: TimerLedger, value: unknown) {
    if (typeof value === 'object' && value !== null && #timer in value) ledger.disarm(value.#timer.id)
  }
}

// Authors reach the classes through a handle: nothing is looked up on them after these lines.
const { close } = Timeout.prototype
const { clear: clearTimeoutHandle } = Timeout
const { clear: clearImmediateHandle } = Immediate
const closeTimeout = (timeout: Timeout) => apply(close, timeout, [])

export interface Timers {
  /** The functions authors get. */
  functions: Record<string, Callback>
  /** Runs the callback of a pending timer; throws what it throws. */
  fire(id: number): void
}

/** `setTimeout[util.promisify.custom]`: `await promisify(setTimeout)(10)`. */
const addPromiseForm = (timer: Callback, load: () => Callback): void => {
  const key = Symbol.for('nodejs.util.promisify.custom')
  defineProperty(timer, key, bare({ get: load, enumerable: true, configurable: false }))
}

export const createTimers = (ledger: TimerLedger, loadPromiseForms: () => Record<string, unknown>): Timers => {
  let lastId = 0

  const timerOf = (callback: unknown, args: unknown[], schedule: Pick<Timer, 'delayMs' | 'repeats'>): Timer => {
    const run = surroundings.follow(requireCallback(callback))
    lastId += 1
    return { id: lastId, callback: () => apply(run, undefined, args), ...schedule }
  }
  const start = (callback: unknown, args: unknown[], schedule: Pick<Timer, 'delayMs' | 'repeats'>) =>
    new Timeout(ledger, timerOf(callback, args, schedule))

  const functions: Timers['functions'] = {
    setTimeout: (callback, delay, ...args) => start(callback, args, { delayMs: toDelay(delay), repeats: false }),
    setInterval: (callback, delay, ...args) => start(callback, args, { delayMs: toDelay(delay), repeats: true }),
    setImmediate: (callback, ...args) => new Immediate(ledger, timerOf(callback, args, { delayMs: 0, repeats: false })),
    clearTimeout: (timer) => clearTimeoutHandle(ledger, timer),
    clearInterval: (timer) => clearTimeoutHandle(ledger, timer),
    clearImmediate: (immediate) => clearImmediateHandle(ledger, immediate),
  }
  addPromiseForm(functions.setTimeout as Callback, () => loadPromiseForms().setTimeout as Callback)
  addPromiseForm(functions.setImmediate as Callback, () => loadPromiseForms().setImmediate as Callback)

  return {
    functions,
    fire: (id) => {
      const timer = ledger.find(id)
      if (timer === undefined) return
      if (timer.repeats) ledger.arm(timer)
      else ledger.disarm(id)
      timer.callback()
    },
  }
}
