import { AbortError } from '../abort-error.ts'
import { requireAbortSignal, requireObject, type Signal } from '../validate.ts'
import type { EventName } from './emitter.ts'
import { listenOnce, type Source, unlisten } from './target.ts'

export interface ListenOptions {
  signal?: Signal
  close?: readonly EventName[]
  highWaterMark?: number
  highWatermark?: number
  lowWaterMark?: number
  lowWatermark?: number
}

/** Throws what an aborted signal makes of the operation that it belongs to. */
export const refuseAborted = (options: ListenOptions): void => {
  requireObject(options, 'options')
  requireAbortSignal(options.signal, 'options.signal')
  if (options.signal?.aborted) throw new AbortError(undefined, { cause: options.signal.reason })
}

/** The arguments of the next event `name`; rejected by an `error` before it. */
export const nextEvent = (emitter: Source, name: EventName, options: ListenOptions): Promise<unknown[]> => {
  refuseAborted(options)
  const { signal } = options
  return new Promise((resolve, reject) => {
    const stop = () => {
      if (signal !== undefined) unlisten(signal as Source, 'abort', aborted)
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', failed)
    }
    const arrived = (...args: unknown[]) => {
      stop()
      resolve(args)
    }
    const failed = (error: unknown) => {
      unlisten(emitter, name, arrived)
      stop()
      reject(error)
    }
    const aborted = () => failed(new AbortError(undefined, { cause: signal?.reason }))

    listenOnce(emitter, name, arrived)
    // An EventTarget's `error` is an event like any other.
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', failed)
    if (signal !== undefined) listenOnce(signal as Source, 'abort', aborted)
  })
}
