/**
 * Makes what lets later isolates of a version start ahead: a V8 snapshot that holds the evaluated module, or a code cache.
 *
 * Author code runs here with no limit of ours at all, and V8 aborts the process where it meets what it cannot freeze. So
 * this is only ever called in a process that does nothing else and is ended afterwards (process/preparer.ts).
 */
import { randomBytes } from 'node:crypto'
import ivm from 'isolated-vm'
import { freezerName } from '../bridge/guest-door.ts'
import type { RunLimits } from '../limits.ts'
import { pack } from './ahead.ts'
import { clockAllowanceMs } from './deadline.ts'
import { type GuestSnapshots, guestScripts, snapshotFor } from './guest-snapshots.ts'
import { type Loading, watchLoading } from './loading.ts'
import type { Module } from './run.ts'

export interface Compiled {
  /** Base64. */
  codeCache: string
  /** Why there can be no snapshot; absent where one may be tried. */
  impure?: string
}

export type Frozen = { ok: true; snapshot: string } | { ok: false; refused: string }

interface Making {
  guest: GuestSnapshots
  module: Module
  limits: RunLimits
}

export const compileAhead = ({ guest, module, limits }: Making): Compiled => {
  const isolate = new ivm.Isolate({ memoryLimit: limits.heapMb, snapshot: snapshotFor(guest, module) })
  const options = { filename: module.fileName, produceCachedData: true }
  const script = isolate.compileScriptSync(module.code, options) as ivm.Script & ivm.CachedDataResult
  const codeCache = script.cachedData ? pack(script.cachedData.copy()) : ''
  const timeoutMs = clockAllowanceMs(limits.cpuMs, 1)
  const loading = watchLoading({ isolate, script, module, timeoutMs })
  isolate.dispose()
  const impure = loading ? loading.impure : 'It does not load.'
  return { codeCache, ...(impure !== undefined && { impure }) }
}

/** Throws what V8 or the module throws. */
export const freezeModule = ({ guest, module, limits }: Making): ArrayBuffer => {
  const { answers, mentions } = foresee({ guest, module, limits })
  // A name that author code can neither know nor list: scripts share it, the global object does not have it. Strict code
  // shows itself to no stack trace.
  const freezer = `freezer_${randomBytes(16).toString('hex')}`
  const own = (code: string) => ({ code: `'use strict'; ${code};undefined` })
  const snapshot = ivm.Isolate.createSnapshot([
    own(`globalThis.${freezerName} = true`),
    ...guestScripts(guest, module),
    own(`let ${freezer} = globalThis.${freezerName}; delete globalThis.${freezerName}`),
    // A loop, because V8 names functions after what they are assigned or handed to, and authors read those names in stacks.
    // With its first line for itself the module has the places of its runs.
    {
      code: `for (let it of [\n${module.code}]) ${freezer}.take(it);undefined`,
      filename: module.fileName,
      lineOffset: -1,
    },
    own(`${freezer}.prepare(${textOf(mentions)})`),
    own(`${freezer}.load(${textOf(answers)})`),
    own(`${freezer}.seal()`),
    // By itself: promises of the module have nothing left to do then, and never see the door.
    own(`${freezer}.leave(); ${freezer} = undefined`),
  ])
  return snapshot.copy() as ArrayBuffer
}

/** JSON, as a text in a script. */
const textOf = (value: unknown): string => JSON.stringify(JSON.stringify(value))

/** There is no host to ask while a snapshot is made: what the module asks while it loads is said beforehand. */
const foresee = ({ guest, module, limits }: Making): Pick<Loading, 'answers' | 'mentions'> => {
  const isolate = new ivm.Isolate({ memoryLimit: limits.heapMb, snapshot: snapshotFor(guest, module) })
  const script = isolate.compileScriptSync(module.code, { filename: module.fileName })
  const timeoutMs = clockAllowanceMs(limits.cpuMs, 1)
  const loading = watchLoading({ isolate, script, module, timeoutMs })
  isolate.dispose()
  return loading ?? { answers: {}, mentions: [] }
}
