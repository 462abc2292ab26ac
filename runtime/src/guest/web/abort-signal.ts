/** `AbortSignal` of the DOM standard. */
import { nodeError, requireInteger } from '../node-error.ts'
import { add, createList, type List } from '../primordials.ts'
import { surroundings } from '../surroundings.ts'
import { Event, trust } from './event.ts'
import { defineHandler, dispatch, EventTarget } from './event-target.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { late } from './late.ts'
import { enumerable, tag } from './named.ts'

const domException = (message: string, name: string): Error =>
  new (late('exceptions').load().DOMException)(message, name)

/** Only who holds it makes signals. */
const key = {}

/** Aborts once: later reasons are dropped. */
export let endSignal: (signal: AbortSignal, reason: unknown) => void
export let isSignal: (value: unknown) => value is AbortSignal
/** Calls back with the reason, at once where the signal is aborted already. */
export let onAbort: (signal: AbortSignal, callback: (reason: unknown) => void) => void

export const createSignal = (): AbortSignal => new AbortSignal(key as never)

const requireSignals = (signals: unknown): AbortSignal[] => {
  if (typeof signals !== 'object' || signals === null || !(Symbol.iterator in signals))
    throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'signals cannot be converted to sequence.')
  const list = [...(signals as Iterable<unknown>)]
  for (const [index, signal] of list.entries())
    if (!isSignal(signal))
      throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `signals[${index}] is not of type AbortSignal.`)
  return list as AbortSignal[]
}

export class AbortSignal extends EventTarget {
  #aborted = false
  #reason: unknown
  #followers: List<(reason: unknown) => void> = createList()

  // Authors reach the class: ours is not looked up on it.
  static {
    endSignal = (signal, reason) => {
      if (signal.#aborted) return
      signal.#aborted = true
      signal.#reason = reason === undefined ? domException('This operation was aborted', 'AbortError') : reason
      const followers = signal.#followers
      signal.#followers = createList()
      for (let index = 0; index < followers.length; index++) followers[index]?.(signal.#reason)
      dispatch(signal, trust(new Event('abort')))
    }
    isSignal = (value): value is AbortSignal => typeof value === 'object' && value !== null && #aborted in value
    onAbort = (signal, callback) => {
      if (signal.#aborted) callback(signal.#reason)
      else add(signal.#followers, callback)
    }
  }

  constructor(...given: readonly never[]) {
    if (given[0] !== key) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
    super()
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
  override [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields('AbortSignal', { aborted: this.#aborted }, [depth, options])
  }

  static abort(reason: unknown = undefined): AbortSignal {
    const signal = createSignal()
    endSignal(signal, reason)
    return signal
  }
  static timeout(delay: unknown): AbortSignal {
    requireInteger(delay, 'delay', { least: 0, most: 2 ** 32 - 1 })
    const signal = createSignal()
    const expire = () => endSignal(signal, domException('The operation was aborted due to timeout', 'TimeoutError'))
    surroundings.timers.setTimeout?.(expire, delay)
    return signal
  }
  static any(signals: unknown): AbortSignal {
    const combined = createSignal()
    for (const signal of requireSignals(signals)) onAbort(signal, (reason) => endSignal(combined, reason))
    return combined
  }
}
defineHandler(AbortSignal, 'abort')
enumerable(AbortSignal, 'aborted', 'reason', 'throwIfAborted')
tag(AbortSignal, 'AbortSignal')
