/** `AbortSignal`: enough of an event target for `abort`, the one event there is. */
import { add, apply, bare, createList, type List, TypeErrorClass } from '../primordials.ts'
import { surroundings } from '../surroundings.ts'
import { DOMException } from './dom-exception.ts'

type Listener = ((event: object) => unknown) | { handleEvent(event: object): unknown } | null | undefined

/** Only who holds it makes signals. */
const key = bare({})

/** Aborts once: later reasons are dropped. */
export let endSignal: (signal: AbortSignal, reason: unknown) => void
export let isSignal: (value: unknown) => value is AbortSignal
/** Calls back with the reason, at once where the signal is aborted already. */
export let onAbort: (signal: AbortSignal, callback: (reason: unknown) => void) => void

export const createSignal = (): AbortSignal => new AbortSignal(key)

export class AbortSignal {
  #aborted = false
  #reason: unknown
  #listeners: List<Listener> = createList()
  #followers: List<(reason: unknown) => void> = createList()
  onabort: Listener = null

  // Authors reach the class: ours is not looked up on it.
  static {
    endSignal = (signal, reason) => {
      if (signal.#aborted) return
      signal.#aborted = true
      signal.#reason = reason === undefined ? new DOMException('This operation was aborted', 'AbortError') : reason
      const followers = signal.#followers
      for (let index = 0; index < followers.length; index++) followers[index]?.(signal.#reason)
      signal.#dispatch()
    }
    isSignal = (value): value is AbortSignal => typeof value === 'object' && value !== null && #aborted in value
    onAbort = (signal, callback) => {
      if (signal.#aborted) callback(signal.#reason)
      else add(signal.#followers, callback)
    }
  }

  constructor(given?: unknown) {
    if (given !== key) throw new TypeErrorClass('Illegal constructor')
  }

  get aborted(): boolean {
    return this.#aborted
  }
  get reason(): unknown {
    return this.#reason
  }
  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason
  }

  /** The option `once` changes nothing: the event comes once. */
  addEventListener(type: unknown, listener: Listener): void {
    if (`${type}` !== 'abort' || this.#aborted) return
    this.#forget(listener)
    add(this.#listeners, listener)
  }
  removeEventListener(type: unknown, listener: Listener): void {
    if (`${type}` === 'abort') this.#forget(listener)
  }

  #forget(listener: Listener): void {
    const kept = createList<Listener>()
    for (let index = 0; index < this.#listeners.length; index++)
      if (this.#listeners[index] !== listener) add(kept, this.#listeners[index])
    this.#listeners = kept
  }

  #dispatch(): void {
    const listeners = this.#listeners
    const event = { type: 'abort', target: this, currentTarget: this }
    notify(this.onabort, event)
    for (let index = 0; index < listeners.length; index++) notify(listeners[index], event)
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = createSignal()
    endSignal(signal, reason)
    return signal
  }
  static timeout(delayMs: unknown): AbortSignal {
    const signal = createSignal()
    const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    surroundings.timers.setTimeout?.(() => endSignal(signal, reason), delayMs)
    return signal
  }
  static any(signals: Iterable<unknown>): AbortSignal {
    const combined = createSignal()
    for (const signal of signals) {
      if (!isSignal(signal)) throw new TypeErrorClass('The "signals" argument must be an array of AbortSignal.')
      onAbort(signal, (reason) => endSignal(combined, reason))
    }
    return combined
  }
}

const notify = (listener: Listener, event: object): void => {
  if (listener === null || listener === undefined) return
  try {
    if (typeof listener === 'function') apply(listener, undefined, [event])
    else listener.handleEvent(event)
  } catch (error) {
    surroundings.report(error)
  }
}
