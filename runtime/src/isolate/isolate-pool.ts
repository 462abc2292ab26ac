/** The isolates of one sandbox process: one per action version and heap limit, the longest unused ended first. */
import type { GuestError } from '../bridge/outcome.ts'
import type { GuestSnapshots } from './guest-snapshots.ts'
import { createIsolate, type Isolate } from './isolate.ts'
import type { Module } from './run.ts'

export interface Lease {
  ok: true
  isolate: Isolate
  /** To be called when the run has ended. An isolate that is no longer fit goes with its last run. */
  giveBack(): void
}

export interface IsolatePool {
  /** Not `ok` when V8 refuses the module's syntax. */
  lease(module: Module, heapMb: number): Lease | { ok: false; error: GuestError }
}

interface Entry {
  isolate: Isolate
  runs: number
}

export const createIsolatePool = (guest: GuestSnapshots): IsolatePool => {
  const entries = new Map<string, Entry>()

  const makeRoom = () => {
    for (const [key, entry] of entries) {
      if (entries.size < capacity) return
      if (entry.runs > 0) continue
      entry.isolate.dispose()
      entries.delete(key)
    }
  }

  const find = (module: Module, heapMb: number): Entry => {
    const key = `${module.hash}:${heapMb}`
    const known = entries.get(key)
    entries.delete(key)
    const usable = known?.isolate.isFit() ? known : undefined
    if (!usable) makeRoom()
    const entry = usable ?? { isolate: createIsolate({ guest, module, heapMb }), runs: 0 }
    entries.set(key, entry)
    return entry
  }

  const lend = (entry: Entry): Lease => {
    entry.runs += 1
    const giveBack = () => {
      entry.runs -= 1
      if (entry.runs === 0 && !entry.isolate.isFit()) entry.isolate.dispose()
    }
    return { ok: true, isolate: entry.isolate, giveBack }
  }

  return {
    lease: (module, heapMb) => {
      try {
        return lend(find(module, heapMb))
      } catch (thrown) {
        if (!(thrown instanceof SyntaxError)) throw thrown
        return {
          ok: false,
          error: { name: 'SyntaxError', message: thrown.message.slice(0, 2_048), code: 'ERR_MODULE_SYNTAX' },
        }
      }
    },
  }
}

/** A full pipeline of four actions, and two versions that users in the middle of their journey still hold. */
const capacity = 6
