/** Node's `events`. Its properties carry Node's names: they are made where they are exported. */

import { invalidArgumentType } from '../node-error.ts'
import { asyncResourceEmitter } from './events/async-resource.ts'
import {
  capturesByDefault,
  defaults,
  type Emitter,
  EventEmitter,
  type EventName,
  errorMonitor,
  rejection,
} from './events/emitter.ts'
import { iterateEvents } from './events/iterate.ts'
import { type ListenOptions, nextEvent } from './events/once.ts'
import { addAbortListener, type Source } from './events/target.ts'
import { requireNumber } from './validate.ts'

const mostOnTarget = Symbol('events.maxEventTargetListeners')
const warnedOfTarget = Symbol('events.maxEventTargetListenersWarned')

interface Target {
  addEventListener: unknown
  [mostOnTarget]?: number
  [warnedOfTarget]?: boolean
}

const isTarget = (value: unknown): value is Target =>
  typeof (value as Partial<Target> | undefined)?.addEventListener === 'function'

const strange = (name: string, value: unknown) => invalidArgumentType(name, ['EventEmitter', 'EventTarget'], value)

const functions = {
  addAbortListener(signal: unknown, listener: unknown) {
    return addAbortListener(signal, listener)
  },
  async once(emitter: Source, name: EventName, options: ListenOptions = {}) {
    return nextEvent(emitter, name, options)
  },
  on(emitter: Source, event: EventName, options: ListenOptions = {}) {
    return iterateEvents(emitter, event, options)
  },
  getEventListeners(emitterOrTarget: unknown, type: EventName) {
    const emitter = emitterOrTarget as { listeners?(name: EventName): unknown[] }
    if (typeof emitter.listeners === 'function') return emitter.listeners(type)
    throw strange('emitter', emitterOrTarget)
  },
  getMaxListeners(emitterOrTarget: unknown) {
    const emitter = emitterOrTarget as Partial<Emitter> & Target
    if (typeof emitter?.getMaxListeners === 'function') return emitter._maxListeners ?? defaults.maxListeners
    if (typeof emitter?.[mostOnTarget] === 'number') return emitter[mostOnTarget]
    throw strange('emitter', emitterOrTarget)
  },
  listenerCount(emitterOrTarget: unknown, type: EventName) {
    const emitter = emitterOrTarget as { listenerCount?(name: EventName): number }
    if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type)
    throw strange('emitter', emitterOrTarget)
  },
}

const setMaxListeners = (count: unknown, targets: unknown[]) => {
  requireNumber(count, 'setMaxListeners', { least: 0 })
  if (targets.length === 0) defaults.maxListeners = count
  for (const target of targets) {
    if (isTarget(target)) Object.assign(target, { [mostOnTarget]: count, [warnedOfTarget]: false })
    else if (typeof (target as Partial<Emitter>)?.setMaxListeners === 'function')
      (target as Emitter).setMaxListeners(count)
    else throw strange('eventTargets', target)
  }
}

/** Without a name, as Node's. */
const [anonymous] = [
  (n: unknown = defaults.maxListeners, ...eventTargets: unknown[]) => setMaxListeners(n, eventTargets),
]

const statics = {
  ...functions,
  EventEmitter,
  setMaxListeners: anonymous,
  usingDomains: false,
  captureRejectionSymbol: rejection,
  errorMonitor,
}

let resourceEmitter: unknown

Object.assign(EventEmitter, statics)
Object.defineProperties(EventEmitter, {
  captureRejections: { ...capturesByDefault, enumerable: true },
  EventEmitterAsyncResource: {
    get: () => {
      resourceEmitter ??= asyncResourceEmitter()
      return resourceEmitter
    },
    enumerable: true,
    configurable: true,
  },
  defaultMaxListeners: {
    get: () => defaults.maxListeners,
    set: (count: unknown) => {
      requireNumber(count, 'defaultMaxListeners', { least: 0 })
      defaults.maxListeners = count
    },
    enumerable: true,
  },
  kMaxEventTargetListeners: { value: mostOnTarget },
  kMaxEventTargetListenersWarned: { value: warnedOfTarget },
})

export const exported = EventEmitter
