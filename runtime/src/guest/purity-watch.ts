/**
 * Whether loading a module touches what is another at each run: then it may not be loaded before there is a run. Every name
 * below is replaced by a proxy that takes a note; for a context that nothing runs in afterwards. Math.random is not here:
 * each context draws numbers of its own.
 */
import {
  apply,
  bare,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  keys,
  type List,
  ownKeys,
} from './primordials.ts'

/** What the time or the run decides. */
const watchedGlobals = [
  'Date',
  'Temporal',
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

/** Answers what tells, after the loading, which names it has touched. */
export const watchLoading = (console: object): (() => List<string>) => {
  const touched: Record<string, true> = bare({})

  const watch = (target: object, key: PropertyKey, name: string) => {
    const value = getOwnPropertyDescriptor(target, key)?.value
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return
    const traps: ProxyHandler<never> = bare({
      apply: (original: object, self: unknown, args: unknown[]) => {
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

  watch(Date, 'now', 'Date')
  for (let index = 0; index < watchedGlobals.length; index++) {
    const name = watchedGlobals[index] as string
    watch(globalThis, name, name)
  }
  const methods = ownKeys(console)
  for (let index = 0; index < methods.length; index++) watch(console, methods[index] as PropertyKey, 'console')
  return () => bare(keys(touched))
}
