/**
 * One V8 isolate for one action version. Runs of it share the heap and its limit, nothing else.
 *
 * No `onCatastrophicError` is set: with one, isolated-vm keeps a thread that is out of memory alive for ever, without one
 * V8 aborts the process, and the supervisor learns of it at once.
 */
import ivm from 'isolated-vm'
import { type Inspected, speakerName } from '../bridge/guest-door.ts'
import type { Ending } from '../bridge/outcome.ts'
import { endingError, type HostEnding } from '../errors.ts'
import type { RunLimits } from '../limits.ts'
import { holdsBuffersOver, measureMemory } from './buffers.ts'
import { clockAllowanceMs } from './deadline.ts'
import type { Entry } from './entry.ts'
import { HandlerRun, type Network } from './handler-run.ts'
import { type Module, type Run, type RunEnd, unfinished } from './run.ts'
import type { World } from './world.ts'
import { createWorldSupply } from './world-supply.ts'

export interface Invocation {
  run: Run
  network: Network
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
  inspect(limits: RunLimits): Inspected
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

type Snapshot = ivm.ExternalCopy<ArrayBuffer>

export interface GuestSnapshots {
  /** For modules that may write to the console: its formatter is half of what a context costs. */
  speaking: Snapshot
  silent: Snapshot
}

/**
 * The guest's code, evaluated once: a context made from it is ready in a fraction of the time (seen: 0.6 ms silent, 1 ms
 * speaking, 4.5 ms without). Only ever of our own prelude, and before any author's code is in the process: making it knows
 * no limits.
 */
export const createGuestSnapshots = (prelude: string): GuestSnapshots => {
  const guest = { code: prelude, filename: 'interlock:guest' }
  const speaker = { code: `globalThis.${speakerName} = true;undefined` }
  return {
    speaking: ivm.Isolate.createSnapshot([speaker, guest]),
    silent: ivm.Isolate.createSnapshot([guest]),
  }
}

/** Throws a SyntaxError where V8 refuses the module: a compiler before it need not have seen every early error. */
export const createIsolate = ({ guest, module, heapMb }: Options): Isolate => {
  const isolate = new ivm.Isolate({ memoryLimit: heapMb, snapshot: speaks(module) ? guest.speaking : guest.silent })
  const script = isolate.compileScriptSync(module.code, { filename: module.fileName })
  const worlds = createWorldSupply({ isolate, module: script, heapMb })
  const running = new Set<HandlerRun>()
  let fit = true

  const invokeIn = (world: World, { run, network, entering, ended }: Invocation): Running => {
    const around = {
      ...{ world, run, network, entering },
      measureMemory: () => measureMemory(isolate),
      holdsBuffersOver: (bytes: number) => holdsBuffersOver(isolate, bytes),
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
      const entry: Entry = world?.enter('inspect', [], clockAllowanceMs(limits.cpuMs, 1)) ?? {
        type: 'disposed',
        cpuMs: 0,
      }
      world?.release()
      if (entry.type === 'returned') return JSON.parse(String(entry.value))
      fit = false
      return { ok: false, error: endingError(endingOf[entry.type], limits) }
    },

    isFit: () => fit && !isolate.isDisposed,
    dispose: () => {
      if (!isolate.isDisposed) isolate.dispose()
    },
  }
}

/** A guess: who reaches the console by another name gets its formatter when it is used. The wrapper's head names it too. */
const speaks = ({ code }: Module): boolean => code.includes('console', code.indexOf('{'))

const endingOf = { 'timed-out': 'exceeded-cpu', disposed: 'exceeded-heap', 'left-a-rejection': 'refused' } as const

/** Endings after which the heap is not trusted to be whole. */
const damaging: ReadonlySet<Ending> = new Set(['exceeded-cpu', 'exceeded-heap', 'refused'])
