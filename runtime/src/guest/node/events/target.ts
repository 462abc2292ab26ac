/** Listening to what is an emitter, or an EventTarget of the web. */
import { invalidArgumentType } from '../../node-error.ts'
import { requireAbortSignal, requireFunction } from '../validate.ts'
import type { EventName, Listener } from './emitter.ts'

/** Whatever can be listened to; which methods are there tells what it is. */
export interface Source {
  on?(name: EventName, listener: Listener): unknown
  once?(name: EventName, listener: Listener): unknown
  removeListener?(name: EventName, listener: Listener): unknown
  addEventListener?(name: EventName, listener: Listener, options?: object): void
  removeEventListener?(name: EventName, listener: Listener): void
  pause?(): void
  resume?(): void
}

const strange = (source: unknown) => invalidArgumentType('emitter', 'EventEmitter', source)

export const listen = (source: Source, name: EventName, listener: Listener): void => {
  if (typeof source.on === 'function') source.on(name, listener)
  else if (typeof source.addEventListener === 'function') source.addEventListener(name, listener)
  else throw strange(source)
}

export const listenOnce = (source: Source, name: EventName, listener: Listener): void => {
  if (typeof source.once === 'function') source.once(name, listener)
  else if (typeof source.addEventListener === 'function') source.addEventListener(name, listener, { once: true })
  else throw strange(source)
}

export const unlisten = (source: Source, name: EventName, listener: Listener): void => {
  if (typeof source.removeListener === 'function') source.removeListener(name, listener)
  else if (typeof source.removeEventListener === 'function') source.removeEventListener(name, listener)
  else throw strange(source)
}

export const addAbortListener = (signal: unknown, listener: unknown): Disposable => {
  if (signal === undefined) throw invalidArgumentType('signal', 'AbortSignal', signal)
  requireAbortSignal(signal, 'signal')
  requireFunction(listener, 'listener')
  if (signal?.aborted) void Promise.resolve().then(() => listener())
  else signal?.addEventListener('abort', listener, { once: true })
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', listener) }
}
