/** `EventEmitter` itself: a function, because packages call it on objects of their own and inherit from it by hand. */
import { inspectValue } from '../../formatter.ts'
import { nodeError } from '../../node-error.ts'
import { surroundings } from '../../surroundings.ts'
import { emitWarning } from '../emit-warning.ts'
import { named } from '../named.ts'
import { requireBoolean, requireFunction, requireNumber } from '../validate.ts'

export type EventName = string | symbol
/** What is registered; `listener` is what the author gave where it is wrapped by `once`. */
export type Listener = ((...args: unknown[]) => unknown) & { listener?: Listener }
/** Never changed in place: who emits goes on with the list it began with. */
type Listeners = (readonly Listener[] & { warned?: true }) | Listener

const captures = Symbol('kCapture')
/** Node's, to print as Node does: whether there were listeners before. */
const shapeMode = Symbol('shapeMode')
export const rejection: unique symbol = Symbol.for('nodejs.rejection') as never
export const errorMonitor = Symbol('events.errorMonitor')

export interface Emitter {
  _events: Record<EventName, Listeners> | undefined
  _eventsCount: number
  _maxListeners: number | undefined
  [captures]: boolean
  [shapeMode]: boolean
  emit(name: EventName, ...args: unknown[]): boolean
  on(name: EventName, listener: Listener): this
  once(name: EventName, listener: Listener): this
  prependListener(name: EventName, listener: Listener): this
  removeListener(name: EventName, listener: Listener): this
  removeAllListeners(name?: EventName): this
  getMaxListeners(): number
  eventNames(): EventName[]
  setMaxListeners(count: number): this
  [rejection]?(error: unknown, name: EventName, ...args: unknown[]): void
}

export interface EmitterOptions {
  captureRejections?: boolean
}

export interface EmitterClass {
  new (options?: EmitterOptions): Emitter
  prototype: Emitter
  init(this: Emitter, options?: EmitterOptions): void
}

export const defaults = { maxListeners: 10 }

export const EventEmitter = named('EventEmitter', function (this: Emitter, options?: EmitterOptions) {
  EventEmitter.init.call(this, options)
} as unknown as EmitterClass)

const noListeners = (): NonNullable<Emitter['_events']> => Object.create(null)

const init = function (this: Emitter, options?: EmitterOptions) {
  // A prototype that is an emitter itself does not share its listeners with who inherits from it.
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = noListeners()
    this._eventsCount = 0
    this[shapeMode] = false
  } else this[shapeMode] = true
  this._maxListeners ||= undefined
  if (options?.captureRejections) {
    requireBoolean(options.captureRejections, 'options.captureRejections')
    this[captures] = true
  } else this[captures] = EventEmitter.prototype[captures]
}

EventEmitter.init = init
named('', init)

export const capturesByDefault = {
  get: () => EventEmitter.prototype[captures],
  set: (value: unknown) => {
    requireBoolean(value, 'EventEmitter.captureRejections')
    EventEmitter.prototype[captures] = value
  },
}

const listOf = (emitter: Emitter, name: EventName): readonly Listener[] => {
  const found = emitter._events?.[name]
  if (found === undefined) return []
  return typeof found === 'function' ? [found] : found
}

const isSame = (candidate: Listener, listener: unknown) => candidate === listener || candidate.listener === listener

const reportRejection = (emitter: Emitter, error: unknown, event: { name: EventName; args: unknown[] }) => {
  const handler = emitter[rejection]
  if (typeof handler === 'function') return void handler.call(emitter, error, event.name, ...event.args)
  const before = emitter[captures]
  try {
    emitter[captures] = false
    emitter.emit('error', error)
  } finally {
    emitter[captures] = before
  }
}

const capture = (emitter: Emitter, result: unknown, event: { name: EventName; args: unknown[] }) => {
  if (result === undefined || result === null || !emitter[captures]) return
  try {
    const { then } = result as PromiseLike<unknown>
    if (typeof then !== 'function') return
    then.call(result as PromiseLike<unknown>, undefined, (error) => {
      surroundings.nextTick(() => reportRejection(emitter, error, event), [])
    })
  } catch (error) {
    emitter.emit('error', error)
  }
}

const unhandled = (value: unknown): unknown => {
  if (value instanceof Error) return value
  const shown = typeof value === 'string' ? inspectValue(value) : safely(value)
  const error = nodeError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${shown})`)
  return Object.assign(error, { context: value })
}

const safely = (value: unknown): unknown => {
  try {
    return inspectValue(value)
  } catch {
    return value
  }
}

const warnOfLeak = (emitter: Emitter, name: EventName, list: readonly Listener[] & { warned?: true }) => {
  const most = emitter.getMaxListeners()
  list.warned = true
  const text =
    `Possible EventEmitter memory leak detected. ${list.length} ${String(name)} listeners ` +
    `added to ${inspectValue(emitter, { depth: -1 })}. MaxListeners is ${most}. ` +
    'Use emitter.setMaxListeners() to increase limit'
  const details = { name: 'MaxListenersExceededWarning', emitter, type: name, count: list.length }
  emitWarning(Object.assign(new Error(text), details))
}

interface Addition {
  listener: unknown
  place: 'first' | 'last'
}

const addListener = (emitter: Emitter, name: EventName, { listener, place }: Addition): Emitter => {
  requireFunction(listener, 'listener')
  if (emitter._events === undefined) {
    emitter._events = noListeners()
    emitter._eventsCount = 0
  } else if (emitter._events.newListener !== undefined)
    emitter.emit('newListener', name, (listener as Listener).listener ?? listener)

  const events = emitter._events as NonNullable<Emitter['_events']>
  const existing = events[name]
  if (existing === undefined) {
    events[name] = listener
    emitter._eventsCount += 1
    return emitter
  }
  const before = typeof existing === 'function' ? [existing] : existing
  const list: readonly Listener[] & { warned?: true } =
    place === 'first' ? [listener, ...before] : [...before, listener]
  events[name] = list
  const most = emitter.getMaxListeners()
  if (typeof existing !== 'function' && existing.warned) list.warned = true
  else if (most > 0 && list.length > most) warnOfLeak(emitter, name, list)
  return emitter
}

const onceOnly = (emitter: Emitter, name: EventName, listener: Listener): Listener => {
  let fired = false
  const wrapper: Listener = (...args) => {
    if (fired) return undefined
    fired = true
    emitter.removeListener(name, wrapper)
    return listener.apply(emitter, args)
  }
  wrapper.listener = listener
  return wrapper
}

const forget = (emitter: Emitter, name: EventName) => {
  emitter._eventsCount -= 1
  if (emitter._eventsCount === 0) emitter._events = noListeners()
  else delete emitter._events?.[name]
}

const removeOne = (emitter: Emitter, name: EventName, listener: unknown) => {
  const events = emitter._events
  if (events?.[name] === undefined) return
  const existing = events[name]
  const list = listOf(emitter, name)
  const at = list.findLastIndex((candidate) => isSame(candidate, listener))
  const found = list[at]
  if (found === undefined) return
  const notify = events.removeListener !== undefined
  const rest: readonly Listener[] & { warned?: true } = list.toSpliced(at, 1)
  if (typeof existing !== 'function' && existing.warned) rest.warned = true
  if (rest.length === 0) forget(emitter, name)
  else events[name] = rest.length === 1 ? (rest[0] as Listener) : rest
  // As Node tells it: the author's own of a listener that was alone, else the one it was asked to remove.
  if (notify) emitter.emit('removeListener', name, (list.length === 1 && found.listener) || listener)
}

const removeEvery = (emitter: Emitter, names: EventName[]) => {
  for (const name of names) {
    for (const listener of listOf(emitter, name).toReversed()) emitter.removeListener(name, listener)
  }
}

const members = {
  setMaxListeners(this: Emitter, n: unknown) {
    requireNumber(n, 'setMaxListeners', { least: 0 })
    this._maxListeners = n
    return this
  },
  getMaxListeners(this: Emitter) {
    return this._maxListeners ?? defaults.maxListeners
  },
  emit(this: Emitter, type: EventName, ...args: unknown[]) {
    const events = this._events
    if (type === 'error') {
      if (events?.[errorMonitor] !== undefined) this.emit(errorMonitor, ...args)
      if (events?.error === undefined) throw unhandled(args[0])
    }
    const handler = events?.[type]
    if (handler === undefined) return false
    const event = { name: type, args }
    if (typeof handler === 'function') capture(this, Reflect.apply(handler, this, args), event)
    else for (const listener of handler) capture(this, Reflect.apply(listener, this, args), event)
    return true
  },
  addListener(this: Emitter, type: EventName, listener: unknown) {
    return addListener(this, type, { listener, place: 'last' })
  },
  prependListener(this: Emitter, type: EventName, listener: unknown) {
    return addListener(this, type, { listener, place: 'first' })
  },
  once(this: Emitter, type: EventName, listener: unknown) {
    requireFunction(listener, 'listener')
    return this.on(type, onceOnly(this, type, listener))
  },
  prependOnceListener(this: Emitter, type: EventName, listener: unknown) {
    requireFunction(listener, 'listener')
    return this.prependListener(type, onceOnly(this, type, listener))
  },
  removeListener(this: Emitter, type: EventName, listener: unknown) {
    requireFunction(listener, 'listener')
    removeOne(this, type, listener)
    return this
  },
  removeAllListeners(this: Emitter, type: EventName) {
    const events = this._events
    if (events === undefined) return this
    const isAll = arguments.length === 0
    if (events.removeListener !== undefined) {
      const names = isAll ? Reflect.ownKeys(events).filter((name) => name !== 'removeListener') : [type]
      removeEvery(this, isAll ? [...names, 'removeListener'] : names)
    } else if (!isAll && events[type] !== undefined) forget(this, type)
    if (isAll) {
      this._events = noListeners()
      this._eventsCount = 0
    }
    return this
  },
  listeners(this: Emitter, type: EventName) {
    return listOf(this, type).map((listener) => listener.listener ?? listener)
  },
  rawListeners(this: Emitter, type: EventName) {
    return [...listOf(this, type)]
  },
  listenerCount(this: Emitter, type: EventName, listener: unknown) {
    const list = listOf(this, type)
    return listener == null ? list.length : list.filter((candidate) => isSame(candidate, listener)).length
  },
  eventNames(this: Emitter) {
    return Reflect.ownKeys(this._events ?? {})
  },
}

Object.assign(EventEmitter.prototype, { _events: undefined, _eventsCount: 0, _maxListeners: undefined }, members, {
  on: members.addListener,
  off: members.removeListener,
})
Object.defineProperty(EventEmitter.prototype, captures, { value: false, writable: true })
