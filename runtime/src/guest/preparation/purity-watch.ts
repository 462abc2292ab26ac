/**
 * Whether loading a module touches what is another at each run: then it may not be loaded before there is a run. Every name
 * below is replaced by a proxy that takes a note; for a context that nothing runs in afterwards.
 */
import type { Watched } from '../../bridge/guest-door.ts'
import {
  apply,
  bare,
  captureStackTrace,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  indexOf,
  keys,
  ownKeys,
  slice,
} from '../primordials.ts'

/** What the time or the run decides. */
const watchedGlobals = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'fetch',
  'crypto',
] as const

/** A snapshot loses what is kept under this key. */
const weakName = 'WeakMap of globalThis'
const isHarmless = (name: string, args: unknown[]) => name === weakName && args[0] !== globalThis

/** More places than one library has. */
const mostClockReads = 64
const longestFrame = 512

/** The frame that has called `callee`. A module may have replaced how stacks are made: then there is none. */
const callerOf = (callee: object): string => {
  const holder: { stack?: unknown } = bare({})
  captureStackTrace(holder, callee)
  if (typeof holder.stack !== 'string') return ''
  const text = slice(holder.stack, indexOf(holder.stack, '\n') + 1, longestFrame)
  const end = indexOf(text, '\n')
  return end === -1 ? text : slice(text, 0, end)
}

/** Answers what tells, after the loading, what it has touched; `begun` are names that were seen to be used besides. */
export const watchLoading = (console: object): ((begun: Record<string, true>) => Omit<Watched, 'mentions'>) => {
  const touched: Record<string, true> = bare({})
  const reads: Record<string, true> = bare({})
  let count = 0

  const noteRead = (frame: string) => {
    if (reads[frame] === true) return
    if (frame === '' || count >= mostClockReads) touched.Date = true
    else reads[frame] = true
    count += 1
  }

  const watchClock = () => {
    const { now } = Date
    const read = () => {
      noteRead(callerOf(read))
      return now()
    }
    defineProperty(Date, 'now', bare({ value: read, configurable: true, writable: true }))
  }

  const watch = (target: object, key: PropertyKey, name: string) => {
    const value = getOwnPropertyDescriptor(target, key)?.value
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
    const traps: ProxyHandler<never> = bare({
      apply: (original: object, self: unknown, args: unknown[]) => {
        if (isHarmless(name, args)) return apply(original as () => unknown, self, args)
        touched[name] = true
        return apply(original as () => unknown, self, args)
      },
      construct: (original: object, args: unknown[], target: unknown) => {
        touched[name] = true
        return construct(original as new () => object, args, target as new () => object)
      },
      ...(typeof value === 'object' && {
        get: (original: object, property: PropertyKey) => {
          touched[name] = true
          return (original as Record<PropertyKey, unknown>)[property]
        },
      }),
    })
    defineProperty(target, key, bare({ value: new Proxy(value as never, traps), configurable: true, writable: true }))
  }

  watchClock()
  watch(Math, 'random', 'Math.random')
  watch(WeakMap.prototype, 'set', weakName)
  watch(WeakSet.prototype, 'add', weakName)
  for (let index = 0; index < watchedGlobals.length; index++) {
    const name = watchedGlobals[index] as string
    watch(globalThis, name, name)
  }
  const methods = ownKeys(console)
  for (let index = 0; index < methods.length; index++) watch(console, methods[index] as PropertyKey, 'console')
  return (begun) => {
    const names = keys(begun)
    for (let index = 0; index < names.length; index++) touched[names[index] as string] = true
    return bare({ names: bare(keys(touched)), clockReads: bare(keys(reads)) })
  }
}
