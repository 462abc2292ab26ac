/**
 * The first script of every context. It leaves one function on the global object: the door of `bridge/guest-door.ts`.
 * Opened, it takes away what is not permitted and itself; nothing of ours can be named by author code.
 */
import type { Ask } from '../bridge/call.ts'
import {
  doorName,
  type GuestDoor,
  type GuestRun,
  type Inspected,
  type LoadModule,
  type OpenDoor,
  speakerName,
} from '../bridge/guest-door.ts'
import { kindOf, loadExports } from './author-module.ts'
import { loadFormatter } from './formatter.ts'
import { removeGlobals, wrapGlobals } from './globals.ts'
import { toGuestError } from './guest-error.ts'
import { createHostCall } from './host-call.ts'
import { bare, defineProperty, deleteProperty, parseJson, stringifyJson } from './primordials.ts'
import { watchLoading } from './purity-watch.ts'
import { createRun, type Run } from './run.ts'
import { createWorld } from './world.ts'

const world = createWorld()

/** A module that is only looked at: what it prints is dropped, what it starts never fires. */
const inspectionLimits = { outputBytes: 0, timers: 1_000, egressConcurrent: 0 }

const inspectModule = (ask: Ask, loadModule: LoadModule): Inspected => {
  try {
    world.begin(inspectionLimits, { callHost: createHostCall(ask), onError: () => {} })
    const exports = loadExports(loadModule, world.console)
    const handlers = bare({
      onExecutePostChallenge: kindOf(exports.onExecutePostChallenge),
      onContinuePostChallenge: kindOf(exports.onContinuePostChallenge),
    })
    return bare({ ok: true, handlers })
  } catch (error) {
    return bare({ ok: false, error: toGuestError(error) })
  }
}

const watchModule = (loadModule: LoadModule): object => {
  const touchedNames = watchLoading(world.console as object)
  loadExports(loadModule, world.console)
  return touchedNames()
}

const open: OpenDoor = (ask, loadModule) => {
  deleteProperty(globalThis, doorName)
  removeGlobals()
  let run: Run | undefined
  let loaded: Record<string, unknown> | undefined
  const load = () => {
    loaded ??= loadExports(loadModule, world.console)
    return loaded
  }
  const answer = (value: object): string => stringifyJson(value) as string
  return bare<GuestDoor>({
    start: (runJson) => {
      run = createRun({ run: parseJson(runJson) as GuestRun, load, callHost: createHostCall(ask), world })
      run.begin()
    },
    fire: (timerId) => run?.fireTimer(timerId),
    settle: (requestId, answerJson) => run?.settleRequest(requestId, answerJson),
    collect: () => answer(run?.collect() ?? bare({})),
    stop: () => answer(run?.stop() ?? bare({ console: bare([]), consoleTruncated: false })),
    inspect: () => answer(inspectModule(ask, loadModule)),
    load: () => void load(),
    watch: () => answer(watchModule(loadModule)),
  })
}

if (speakerName in globalThis) loadFormatter()
removeGlobals('Atomics')
wrapGlobals()
defineProperty(globalThis, doorName, bare({ value: open, configurable: true }))
