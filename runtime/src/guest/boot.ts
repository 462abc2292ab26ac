/**
 * The first script of every context. It leaves one thing on the global object: the door of `bridge/guest-door.ts`, or, where
 * a snapshot is made, the freezer that leaves the door later. Opened, the door takes away what is not permitted and itself;
 * nothing of ours can be named by author code.
 */
import {
  doorName,
  type Enter,
  freezerName,
  type GuestDoor,
  type GuestRun,
  type Inspected,
  type LoadModule,
  type OpenDoor,
  speakerName,
} from '../bridge/guest-door.ts'
import { kindOf, loadExports } from './author-module.ts'
import { loadFormatter } from './formatter.ts'
import { removeGlobals, removeNamed, wrapGlobals } from './globals.ts'
import { toGuestError } from './guest-error.ts'
import { answerWith } from './host-call.ts'
import { evaluateMentions } from './mentions.ts'
import { loadPreparation } from './preparation-library.ts'
import { bare, createList, defineProperty, deleteProperty, type List, parseJson, stringifyJson } from './primordials.ts'
import { createRun } from './run.ts'
import { createWorld } from './world.ts'

const world = createWorld()
let loadModule: LoadModule | undefined
let exported: Record<string, unknown> | undefined
let surplus: List<string> = createList()

const take = (authorModule: LoadModule) => {
  loadModule = authorModule
}

/** The module's exports; evaluates it when it was not yet. */
const load = (): Record<string, unknown> => {
  exported ??= loadExports(loadModule as LoadModule, world.console)
  return exported
}

const run = createRun({ load, world })

/** A module that is only looked at: what it prints is dropped, what it starts never fires, what it sends goes nowhere. */
const inspection = { limits: { outputBytes: 0, timers: 1_000, egressConcurrent: 1 } }

const inspectModule = (): Inspected => {
  try {
    world.begin(inspection, () => {})
    const exports = load()
    const handlers = bare({
      onExecutePostChallenge: kindOf(exports.onExecutePostChallenge),
      onContinuePostChallenge: kindOf(exports.onContinuePostChallenge),
    })
    return bare({ ok: true, handlers })
  } catch (error) {
    return bare({ ok: false, error: toGuestError(error) })
  }
}

/** What was asked of the world without a name of the globals: by a module that a `require` has answered. */
const begun = (): Record<string, true> => {
  const names: Record<string, true> = bare({})
  const { timers, clearedTimers } = world.collectTimers()
  const { requests, abandonedRequests } = world.collectRequests()
  if (timers.length + clearedTimers.length > 0) names.setTimeout = true
  if (requests.length + abandonedRequests.length > 0) names.fetch = true
  if (world.hasTicks()) names['process.nextTick'] = true
  return names
}

const watchModule = (): object => {
  const { listMentions, watchLoading } = loadPreparation()
  const mentions = listMentions(loadModule as LoadModule)
  world.begin(inspection, () => {})
  const watched = watchLoading(world.console())
  load()
  return bare({ ...watched(begun()), mentions })
}

const answer = (value: object): string => stringifyJson(value) as string

const door = bare<GuestDoor>({
  start: (runJson) => {
    run.begin(parseJson(runJson) as GuestRun)
    world.runTicks()
  },
  fire: (timerId) => {
    world.fireTimer(timerId)
    world.runTicks()
  },
  settle: (requestId, answerJson) => {
    world.settleRequest(requestId, answerJson)
    world.runTicks()
  },
  tick: world.runTicks,
  rest: () => {},
  collect: () => answer(run.collect()),
  stop: () => answer(run.stop()),
  inspect: () => answer(inspectModule()),
  load: (mentionsJson) => {
    evaluateMentions(bare(parseJson(mentionsJson) as []))
    load()
  },
  watch: () => answer(watchModule()),
  surplus: () => answer(surplus),
})

const enter = ((entrance: keyof GuestDoor, first: never, second: never) => door[entrance](first, second)) as Enter

const open: OpenDoor = (ask, authorModule, surplusJson) => {
  deleteProperty(globalThis, doorName)
  if (surplusJson === undefined) surplus = removeGlobals()
  else removeNamed(bare(parseJson(surplusJson) as []))
  answerWith(ask)
  if (authorModule !== undefined) take(authorModule)
  return enter
}

const leave = (name: string, value: unknown) => defineProperty(globalThis, name, bare({ value, configurable: true }))
const leaveDoor = () => void leave(doorName, open)

const isFreezing = freezerName in globalThis
if (speakerName in globalThis) {
  loadFormatter()
  void (globalThis as { console?: unknown }).console
}
removeGlobals()
wrapGlobals()
if (isFreezing) {
  leave(freezerName, loadPreparation().createFreezer({ take, load, leaveDoor }))
} else leaveDoor()
