import { invalidArgumentType } from '../../node-error.ts'
import { AbortError } from '../abort-error.ts'
import { requireInteger } from '../validate.ts'
import type { EventName, Listener } from './emitter.ts'
import { type ListenOptions, refuseAborted } from './once.ts'
import { addAbortListener, listen, type Source, unlisten } from './target.ts'

type Result = IteratorResult<unknown[], undefined>

const asyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype))

/** How many events may wait before the emitter is asked to pause, and at how few it goes on. */
const marksOf = (options: ListenOptions) => {
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1
  requireInteger(high, 'options.highWaterMark', { least: 1 })
  requireInteger(low, 'options.lowWaterMark', { least: 1 })
  return { high, low }
}

/** Every event `name` from now on, each once: by those who wait, or by those who ask later. */
export const iterateEvents = (emitter: Source, name: EventName, options: ListenOptions): AsyncIterator<unknown[]> => {
  refuseAborted(options)
  const { high, low } = marksOf(options)
  const arrived: unknown[][] = []
  const waiting: { resolve(result: Result): void; reject(error: unknown): void }[] = []
  let failure: { error: unknown } | undefined
  let isPaused = false
  let isFinished = false
  const listening: [EventName, Listener][] = []

  const start = (event: EventName, listener: Listener) => {
    listen(emitter, event, listener)
    listening.push([event, listener])
  }
  const finish = (): Promise<Result> => {
    abortion?.[Symbol.dispose]()
    for (const [event, listener] of listening.splice(0).toReversed()) unlisten(emitter, event, listener)
    isFinished = true
    isPaused = false
    const end: Result = { done: true, value: undefined }
    for (const { resolve } of waiting.splice(0)) resolve(end)
    return Promise.resolve(end)
  }
  const take = (...value: unknown[]) => {
    const first = waiting.shift()
    if (first !== undefined) return first.resolve({ done: false, value })
    arrived.push(value)
    if (isPaused || arrived.length <= high) return
    isPaused = true
    emitter.pause?.()
  }
  const fail = (error: unknown) => {
    const first = waiting.shift()
    if (first === undefined) failure = { error }
    else first.reject(error)
    void finish()
  }

  start(name, take)
  if (name !== 'error' && typeof emitter.on === 'function') start('error', fail)
  for (const event of options.close ?? []) start(event, () => void finish())
  const { signal } = options
  const abort = () => fail(new AbortError(undefined, { cause: signal?.reason }))
  const abortion = signal === undefined ? undefined : addAbortListener(signal, abort)

  const next = (): Promise<Result> => {
    const value = arrived.shift()
    if (value !== undefined) {
      if (isPaused && arrived.length < low) {
        emitter.resume?.()
        isPaused = false
      }
      return Promise.resolve({ done: false, value })
    }
    if (failure !== undefined) {
      const { error } = failure
      failure = undefined
      return Promise.reject(error)
    }
    if (isFinished) return finish()
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }

  return Object.setPrototypeOf(
    {
      next,
      return: finish,
      throw(error: unknown) {
        if (!(error instanceof Error)) throw invalidArgumentType('EventEmitter.AsyncIterator', 'Error', error)
        fail(error)
      },
      [Symbol.asyncIterator]() {
        return this
      },
    },
    asyncIteratorPrototype,
  )
}
