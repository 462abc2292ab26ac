/**
 * One V8 isolate for one action version. Runs of it share the heap and its limit, nothing else.
 *
 * No `onCatastrophicError` is set: with one, isolated-vm keeps a thread that is out of memory alive for ever, without one
 * V8 aborts the process, and the supervisor learns of it at once.
 */
import ivm from 'isolated-vm'
import type { Inspected } from '../bridge/guest-door.ts'
import type { Ending } from '../bridge/outcome.ts'
import { endingError, type HostEnding } from '../errors.ts'
import type { RunLimits } from '../limits.ts'
import { unpack } from './ahead.ts'
import { collectedBufferBytes, measureMemory } from './buffers.ts'
import { clockAllowanceMs } from './deadline.ts'
import { enterPast } from './enter-past.ts'
import type { Entry } from './entry.ts'
import { type GuestSnapshots, snapshotFor } from './guest-snapshots.ts'
import { HandlerRun, type Network } from './handler-run.ts'
import { type Inspection, type Module, type Print, type Run, type RunEnd, unfinished } from './run.ts'
import type { World } from './world.ts'
import { createWorldSupply } from './world-supply.ts'

export interface Invocation {
  run: Run
  network: Network
  print?: Print
  /** Called before each entry into the guest. */
  entering: () => void
  /** Called exactly once, for every ending the guest can cause; maybe before `invoke` has returned. */
  ended: (end: RunEnd) => void
}

export interface Running {
  /** Ends the run from outside; does nothing when it is over. */
  end(ending: HostEnding): void
  /** Answers a request of the run; does nothing when it is over. */
  settle(requestId: number, answerJson: string): void
}

export interface Isolate {
  /** Runs one handler once. Throws only for our own faults. */
  invoke(invocation: Invocation): Running
  /** Loads the module without running a handler. */
  inspect(limits: RunLimits): Inspection
  /** False once a run has damaged it or may have: it takes no further run. */
  isFit(): boolean
  /** Ends the isolate at once. Safe to call twice. */
  dispose(): void
}

interface Options {
  guest: GuestSnapshots
  module: Module
  heapMb: number
}

/** Throws a SyntaxError where V8 refuses the module: a compiler before it need not have seen every early error. */
export const createIsolate = ({ guest, module, heapMb }: Options): Isolate => {
  const { isolate, script } = start({ guest, module, heapMb })
  const worlds = createWorldSupply({ isolate, script, module, heapMb })
  const running = new Set<HandlerRun>()
  let fit = true

  const invokeIn = (world: World, { run, network, print = () => {}, entering, ended }: Invocation): Running => {
    const around = {
      ...{ world, run, network, print, entering },
      measureMemory: () => measureMemory(isolate),
      collectedBufferBytes: () => collectedBufferBytes(isolate),
    }
    const handlerRun = new HandlerRun(around, (end) => {
      running.delete(handlerRun)
      fit &&= !damaging.has(end.ending)
      ended(end)
      if (fit && end.ending === 'completed') worlds.prepare(run.limits)
      if (isolate.isDisposed) for (const other of running) other.end('crashed')
    })
    running.add(handlerRun)
    handlerRun.begin()
    return handlerRun
  }

  return {
    invoke: (invocation) => {
      const world = worlds.take()
      if (world) return invokeIn(world, invocation)
      fit = false
      invocation.ended(unfinished('exceeded-heap', endingError('exceeded-heap', invocation.run.limits)))
      return { end: () => {}, settle: () => {} }
    },

    inspect: (limits) => {
      const world = worlds.take()
      const enterOnce = (): Entry =>
        world?.enter('inspect', [], clockAllowanceMs(limits.cpuMs, 1)) ?? { type: 'disposed', cpuMs: 0 }
      let loadMs: number | undefined
      const reasons: string[] = []
      // With a rejection the answer is lost, but the module is loaded: another entry only says what it exports.
      const entry = enterPast(
        () => {
          const entered = enterOnce()
          loadMs ??= entered.cpuMs
          return entered
        },
        (reason) => reasons.push(reason),
      )
      world?.release()
      const [rejection] = reasons
      const found = { loadMs: loadMs ?? entry.cpuMs, ...(rejection !== undefined && { rejection }) }
      if (entry.type === 'returned') return { ...(JSON.parse(String(entry.value)) as Inspected), ...found }
      fit = false
      return { ok: false, error: endingError(endingOf[entry.type], limits), ...found }
    },

    isFit: () => fit && !isolate.isDisposed,
    dispose: () => {
      if (!isolate.isDisposed) isolate.dispose()
    },
  }
}

/** Without a script: each context begins with the module loaded. */
const start = ({ guest, module, heapMb }: Options): { isolate: ivm.Isolate; script?: ivm.Script } => {
  const snapshot = unpack(module, 'snapshot')
  if (snapshot) return { isolate: new ivm.Isolate({ memoryLimit: heapMb, snapshot }) }
  const isolate = new ivm.Isolate({ memoryLimit: heapMb, snapshot: snapshotFor(guest, module) })
  const cachedData = unpack(module, 'code-cache')
  const options = { filename: module.fileName, ...(cachedData && { cachedData }) }
  return { isolate, script: isolate.compileScriptSync(module.code, options) }
}

const endingOf = { 'timed-out': 'exceeded-cpu', disposed: 'exceeded-heap', 'left-a-rejection': 'refused' } as const

/** Endings after which the heap is not trusted to be whole. */
const damaging: ReadonlySet<Ending> = new Set(['exceeded-cpu', 'exceeded-heap', 'refused'])
