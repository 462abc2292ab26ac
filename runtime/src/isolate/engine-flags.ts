/**
 * What V8 adds to every context anew, even to one from a snapshot: its newest features. The Node whose version actions are told
 * (`process.version`) has none of them, and together they are a tenth of what a context costs. Turned off in the sandbox process
 * once Node itself has started: on its command line they would take from Node what it needs. Its own functions that say `using`
 * are compiled at their first call, and cannot be from then on: those of `fs/promises` and of tracing, none of which the process has.
 */
import { setFlagsFromString } from 'node:v8'

/** What an action would see of them; the authors' guide has the same list. */
const features: readonly { flag: string; adds: string }[] = [
  { flag: '--no-harmony-temporal', adds: 'Temporal, Date.prototype.toTemporalInstant' },
  {
    flag: '--no-js-explicit-resource-management',
    adds: 'DisposableStack, AsyncDisposableStack, SuppressedError; `using`, which the compiler writes in older words',
  },
  { flag: '--no-js-base-64', adds: 'Uint8Array.fromBase64, .fromHex and their counterparts' },
  { flag: '--no-js-upsert', adds: 'getOrInsert of Map and WeakMap' },
  { flag: '--no-js-iterator-sequencing', adds: 'Iterator.concat' },
  { flag: '--no-js-promise-try', adds: 'Promise.try' },
  { flag: '--no-js-error-iserror', adds: 'Error.isError' },
  { flag: '--no-js-regexp-escape', adds: 'RegExp.escape' },
  { flag: '--no-js-atomics-pause', adds: 'Atomics.pause, without which V8 does not miss Atomics' },
]

/** Before the first isolate and the first snapshot of a process; again does nothing. */
export const setEngineFlags = (): void => {
  for (const { flag } of features) setFlagsFromString(flag)
}
