/**
 * One fresh context with the guest's door open in it: what a single run gets and nobody else ever sees again. Making one
 * needs nothing of the run, so that it can be made ahead of time.
 *
 * Every Reference taken here is released: one that is forgotten keeps the whole context alive (about 415 of them fill
 * 64 MB).
 */
import ivm from 'isolated-vm'
import type { Ask } from '../bridge/call.ts'
import { doorName, type GuestDoor } from '../bridge/guest-door.ts'
import { answerPure } from './answer-call.ts'
import { type Entry, enter } from './entry.ts'

export interface World {
  /** Whom the guest's calls go to, once there is a run. Before, only pure ones are answered. */
  answerWith(ask: Ask): void
  /** Processor time that loading the module ahead has taken; the run it is for pays for it. */
  readonly loadCpuMs: number
  /** Evaluates the module ahead of the run, and of the guest's libraries what its text names. False when the world is of no use any more. */
  load(timeoutMs: number, mentions: readonly string[]): boolean
  enter(entrance: keyof GuestDoor, args: readonly (string | number)[], timeoutMs: number): Entry
  /** Gives the context to the collector. Safe after the isolate was disposed. */
  release(): void
}

/**
 * `isolate` was made from the guest's snapshot: each of its contexts begins with the door on its global object. Without
 * `module`, it was made from one that holds the evaluated module as well.
 */
export const openWorld = (isolate: ivm.Isolate, module?: ivm.Script): World => {
  let answer: Ask = answerPure
  const context = isolate.createContextSync()
  const door = openDoor({ context, module, ask: (json) => answer(json), surplusJson: surplusOf.get(isolate) })

  const enterBy: World['enter'] = (entrance, args, timeoutMs) =>
    isolate.isDisposed
      ? { type: 'disposed', cpuMs: 0 }
      : enter({ isolate, target: door, args: [entrance, ...args], timeoutMs })
  if (!surplusOf.has(isolate)) rememberSurplus(isolate, enterBy('surplus', [], surplusMs))
  let loadCpuMs = 0

  return {
    answerWith: (ask) => {
      answer = ask
    },
    get loadCpuMs() {
      return loadCpuMs
    },
    load: (timeoutMs, mentions) => {
      const { type, cpuMs } = enterBy('load', [JSON.stringify(mentions)], timeoutMs)
      loadCpuMs = cpuMs
      return type === 'returned'
    },
    enter: enterBy,
    release: () => {
      if (isolate.isDisposed) return
      door.release()
      context.release()
    },
  }
}

/** What V8 puts back into every context of an isolate, in the guest's words. */
const surplusOf = new WeakMap<ivm.Isolate, string>()

const rememberSurplus = (isolate: ivm.Isolate, entry: Entry) => {
  if (entry.type === 'returned') surplusOf.set(isolate, String(entry.value))
}

interface Opening {
  context: ivm.Context
  module: ivm.Script | undefined
  ask: Ask
  surplusJson: string | undefined
}

const openDoor = ({ context, module, ask, surplusJson }: Opening): ivm.Reference => {
  const open = context.global.getSync(doorName, { reference: true })
  const loadModule = module?.runSync(context, { reference: true })
  const scope = [new ivm.Callback(ask), loadModule?.derefInto({ release: true }), surplusJson]
  const door = open.applySync(undefined, scope, { result: { reference: true } })
  open.release()
  return door
}

const surplusMs = 1_000
