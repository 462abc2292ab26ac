/** Node's `timers/promises`: timers to wait for. An aborted signal ends the wait with an AbortError, its reason as the cause. */
import { surroundings } from '../surroundings.ts'
import type { AbortSignal } from '../web/abort-signal.ts'
import { AbortError } from './abort-error.ts'
import { requireAbortSignal, requireBoolean, requireNumber, requireObject } from './validate.ts'

interface Options {
  signal?: AbortSignal
  ref?: boolean
}

const { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval } =
  surroundings.timers as Record<string, (...args: unknown[]) => unknown>

const readOptions = (options: unknown): Options => {
  requireObject(options, 'options')
  const { signal, ref } = options as Options
  requireAbortSignal(signal, 'options.signal')
  if (ref !== undefined) requireBoolean(ref, 'options.ref')
  return options
}

const checkDelay = (delay: unknown) => {
  if (delay !== undefined) requireNumber(delay, 'delay')
}

const abortError = (signal: AbortSignal) => new AbortError(undefined, { cause: signal.reason })

interface Wait {
  start(done: () => void): unknown
  clear(timer: unknown): void
  value: unknown
}

const wait = ({ signal }: Options, { start, clear, value }: Wait): Promise<unknown> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError(signal))
    const timer = start(() => {
      signal?.removeEventListener('abort', giveUp)
      resolve(value)
    })
    const giveUp = () => {
      clear(timer)
      reject(abortError(signal as AbortSignal))
    }
    signal?.addEventListener('abort', giveUp)
  })

const waitForTimeout = async (delay: unknown, value: unknown, given: unknown): Promise<unknown> => {
  checkDelay(delay)
  const options = readOptions(given)
  return wait(options, { start: (done) => setTimeout?.(done, delay), clear: (timer) => clearTimeout?.(timer), value })
}

const waitForImmediate = async (value: unknown, given: unknown): Promise<unknown> => {
  const options = readOptions(given)
  return wait(options, { start: (done) => setImmediate?.(done), clear: (timer) => clearImmediate?.(timer), value })
}

/** Rounds that came while nobody waited are not lost. */
const repeat = async function* (delay: unknown, value: unknown, given: unknown): AsyncGenerator<unknown> {
  checkDelay(delay)
  const { signal } = readOptions(given)
  if (signal?.aborted) throw abortError(signal)
  let rounds = 0
  let wake = () => {}
  const interval = setInterval?.(() => {
    rounds += 1
    wake()
  }, delay)
  const giveUp = () => {
    clearInterval?.(interval)
    wake()
  }
  signal?.addEventListener('abort', giveUp)
  try {
    while (!signal?.aborted) {
      if (rounds === 0) await new Promise<void>((resolve) => (wake = resolve))
      for (; rounds > 0; rounds--) yield value
    }
    throw abortError(signal)
  } finally {
    clearInterval?.(interval)
    signal?.removeEventListener('abort', giveUp)
  }
}

/** The web's scheduler, as far as Node has it. Nobody but Node makes one. */
class Scheduler {
  wait(delay: unknown, options?: unknown) {
    return waitForTimeout(delay, undefined, options === undefined ? {} : options)
  }
  yield() {
    return waitForImmediate(undefined, {})
  }
}

export const exported = {
  setTimeout: (delay: unknown, value: unknown, options: unknown = {}) => waitForTimeout(delay, value, options),
  setImmediate: (value: unknown, options: unknown = {}) => waitForImmediate(value, options),
  setInterval: (delay: unknown, value: unknown, options: unknown = {}) => repeat(delay, value, options),
  scheduler: new Scheduler(),
}
