/** `EventTarget` of the DOM standard. What a listener throws ends the run, as what nobody catches does. */
import { invalidArgumentType, missingArguments, nodeError } from '../node-error.ts'
import { surroundings } from '../surroundings.ts'
import { beginDispatch, Event, endDispatch, isDispatched, isStopped, setPassive } from './event.ts'
import { inspectSymbol, showFields } from './inspected.ts'
import { enumerable, tag } from './named.ts'

type Callback = (this: unknown, event: Event) => unknown
type Listener = Callback | { handleEvent?: unknown }

interface Entry {
  listener: Listener
  capture: boolean
  once: boolean
  passive: boolean
  isRemoved: boolean
}

interface Options {
  capture: boolean
  once: boolean
  passive: boolean
  signal?: EventTarget & { readonly aborted?: boolean }
}

const readOptions = (given: unknown): Options => {
  if (given === undefined || given === null || typeof given === 'boolean')
    return { capture: !!given, once: false, passive: false }
  if (typeof given !== 'object' && typeof given !== 'function') throw invalidArgumentType('options', 'Object', given)
  const { capture, once, passive, signal } = given as Record<keyof Options, unknown>
  if (signal !== undefined && (typeof signal !== 'object' || signal === null || !('aborted' in signal)))
    throw invalidArgumentType('options.signal', 'AbortSignal', signal)
  const read = { capture: !!capture, once: !!once, passive: !!passive }
  return signal === undefined ? read : { ...read, signal: signal as NonNullable<Options['signal']> }
}

/** Nothing, which the standard lets pass, is no listener. */
const isListener = (value: unknown): value is Listener => {
  if (value === undefined || value === null) return false
  if (typeof value === 'function' || typeof value === 'object') return true
  throw invalidArgumentType('listener', 'EventListener', value)
}

const call = (target: EventTarget, { listener, passive }: Entry, event: Event): void => {
  setPassive(event, passive)
  try {
    const answer: unknown =
      typeof listener === 'function'
        ? Reflect.apply(listener, target, [event])
        : Reflect.apply(listener.handleEvent as Callback, listener, [event])
    // An async listener's error, too, is one that nobody catches.
    if (answer instanceof Promise) answer.then(undefined, surroundings.report)
  } catch (error) {
    surroundings.report(error)
  }
  setPassive(event, false)
}

/** Calls the listeners there are when it begins; to those added meanwhile it means nothing. */
export let dispatch: (target: EventTarget, event: Event) => void

export class EventTarget {
  readonly #entries = new Map<string, Entry[]>()

  static {
    dispatch = (target, event) => {
      beginDispatch(event, target)
      for (const entry of [...(target.#entries.get(event.type) ?? [])]) {
        if (entry.isRemoved) continue
        if (entry.once) target.#remove(event.type, entry)
        call(target, entry, event)
        if (isStopped(event)) break
      }
      endDispatch(event)
    }
  }

  #remove(type: string, entry: Entry): void {
    entry.isRemoved = true
    const kept = (this.#entries.get(type) ?? []).filter((one) => one !== entry)
    if (kept.length > 0) this.#entries.set(type, kept)
    else this.#entries.delete(type)
  }
  #find(type: string, listener: unknown, capture: boolean): Entry | undefined {
    return this.#entries.get(type)?.find((entry) => entry.listener === listener && entry.capture === capture)
  }

  addEventListener(type: unknown, listener: unknown, given: unknown = undefined): void {
    if (arguments.length < 2) throw missingArguments('type', 'listener')
    const { signal, ...options } = readOptions(given)
    if (signal?.aborted || !isListener(listener)) return
    const name = `${type}`
    if (this.#find(name, listener, options.capture) !== undefined) return
    const entry: Entry = { listener, ...options, isRemoved: false }
    this.#entries.set(name, [...(this.#entries.get(name) ?? []), entry])
    signal?.addEventListener('abort', () => this.#remove(name, entry), { once: true })
  }

  removeEventListener(type: unknown, listener: unknown, options: unknown = undefined): void {
    if (arguments.length < 2) throw missingArguments('type', 'listener')
    if (!isListener(listener)) return
    const capture = typeof options === 'boolean' ? options : (options as Options | null | undefined)?.capture === true
    const entry = this.#find(`${type}`, listener, capture)
    if (entry !== undefined) this.#remove(`${type}`, entry)
  }

  dispatchEvent(event: unknown): boolean {
    if (arguments.length === 0) throw missingArguments('event')
    if (!(event instanceof Event)) throw invalidArgumentType('event', 'Event', event)
    if (isDispatched(event))
      throw nodeError(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`)
    dispatch(this, event)
    return !event.defaultPrevented
  }

  [inspectSymbol](depth: unknown, options: unknown): string {
    return showFields(this.constructor.name, {}, [depth, options])
  }
}
enumerable(EventTarget, 'addEventListener', 'removeEventListener', 'dispatchEvent')
tag(EventTarget, 'EventTarget')

/**
 * Gives the class a property `on…`. The listener has its place among the others from when the property was set first, wherever
 * it is set to something else after that.
 */
export const defineHandler = (Target: { prototype: EventTarget }, type: string): void => {
  const handlers = new WeakMap<object, { current: unknown }>()
  const set = function (this: EventTarget, value: unknown) {
    const current = typeof value === 'function' || typeof value === 'object' ? value : null
    const handler = handlers.get(this)
    if (handler !== undefined) {
      handler.current = current
      return
    }
    const made = { current }
    handlers.set(this, made)
    this.addEventListener(type, function (this: EventTarget, event: Event) {
      return typeof made.current === 'function' ? Reflect.apply(made.current as Callback, this, [event]) : undefined
    })
  }
  const get = function (this: EventTarget) {
    return handlers.get(this)?.current ?? null
  }
  Object.defineProperty(Target.prototype, `on${type}`, { get, set, configurable: true, enumerable: true })
}
