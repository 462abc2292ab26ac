/**
 * What V8 adds to every context anew, even to one from a snapshot: its newest features. The Node whose version actions are told
 * (`process.version`) has none of them, and together they are a tenth of what a context costs. Turned off in the sandbox process
 * once Node itself has started: on its command line they would take from Node what it needs. Its own functions that say `using`
 * are compiled at their first call, and cannot be from then on: those of `fs/promises` and of tracing, none of which the process
 * has. And V8 ends a process that calls what is turned off so often that the call is optimized: so the process's own context loses
 * the functions, too, and whoever looks for one takes another way. The classes stay, which Node itself looks for.
 */
import { setFlagsFromString } from 'node:v8'

/** What an action would see of them; the authors' guide has the same list. */
export const features: readonly { flag: string; adds: readonly string[] }[] = [
  { flag: '--no-harmony-temporal', adds: ['Temporal', 'Date.prototype.toTemporalInstant'] },
  // With `using`, which the compiler writes in older words.
  {
    flag: '--no-js-explicit-resource-management',
    adds: ['DisposableStack', 'AsyncDisposableStack', 'SuppressedError'],
  },
  {
    flag: '--no-js-base-64',
    adds: [
      ...['Uint8Array.fromBase64', 'Uint8Array.prototype.toBase64', 'Uint8Array.prototype.setFromBase64'],
      ...['Uint8Array.fromHex', 'Uint8Array.prototype.toHex', 'Uint8Array.prototype.setFromHex'],
    ],
  },
  {
    flag: '--no-js-upsert',
    adds: [
      ...['Map.prototype.getOrInsert', 'Map.prototype.getOrInsertComputed'],
      ...['WeakMap.prototype.getOrInsert', 'WeakMap.prototype.getOrInsertComputed'],
    ],
  },
  { flag: '--no-js-iterator-sequencing', adds: ['Iterator.concat'] },
  { flag: '--no-js-promise-try', adds: ['Promise.try'] },
  { flag: '--no-js-error-iserror', adds: ['Error.isError'] },
  { flag: '--no-js-regexp-escape', adds: ['RegExp.escape'] },
  // Without it V8 does not miss `Atomics`.
  { flag: '--no-js-atomics-pause', adds: ['Atomics.pause'] },
]

const isFunction = (path: string): boolean => path.includes('.')

const removeFromGlobal = (path: string): void => {
  const names = path.split('.')
  const name = names.pop() as string
  let holder: unknown = globalThis
  for (const part of names) holder = Reflect.get(holder as object, part)
  Reflect.deleteProperty(holder as object, name)
}

/** Before the first isolate and the first snapshot of a process; again does nothing. */
export const setEngineFlags = (): void => {
  for (const { flag, adds } of features) {
    setFlagsFromString(flag)
    adds.filter(isFunction).forEach(removeFromGlobal)
  }
}
