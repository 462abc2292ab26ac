/** What surrounds author code in a run: its console, its timers and its network. Part of the context before there is a run. */
import type { GuestRun, Remains } from '../bridge/guest-door.ts'
import { loadConsole } from './console-library.ts'
import { type ConsoleSink, createConsoleSink } from './console-sink.ts'
import { addGlobals, addLazyGlobals, addLazyProperty } from './globals.ts'
import { addEveryLazyGlobal } from './lazy-globals.ts'
import { loadNode } from './libraries.ts'
import { createQueueMicrotask } from './microtask.ts'
import { add, createList, now } from './primordials.ts'
import { surroundings } from './surroundings.ts'
import { createTickQueue } from './tick-queue.ts'
import { createTimerLedger, type TimerChanges } from './timer-ledger.ts'
import { createTimers } from './timers.ts'
import { collectRequests, settleRequest } from './used-network.ts'
import type { EgressChanges } from './web/egress-ledger.ts'

export interface World {
  /** The same one each time; made when it is asked for first. */
  console(): object
  /** `onError` is told what callbacks of timers, microtasks and listeners throw. */
  begin(run: Pick<GuestRun, 'limits' | 'live'>, onError: (error: unknown) => void): void
  fireTimer(id: number): void
  collectTimers(): TimerChanges
  hasTicks(): boolean
  runTicks(): void
  settleRequest(id: number, answerJson: string): void
  collectRequests(): EgressChanges
  /** Tells who follows the run what was printed and not told yet. */
  flushConsole(): void
  /** Closes the console and answers what it kept. */
  seal(): Remains
}

const createConsole = (sink: ConsoleSink): object => {
  const console = loadConsole().createConsole(sink, {
    warn: (text) => loadNode().warn(text),
    drawTable: (data, properties) => loadNode().drawTable(data, properties),
  })
  addLazyProperty(console, 'Console', () => loadNode().loadConsoleClass())
  return console
}

export const createWorld = (): World => {
  const sink = createConsoleSink()
  let made: object | undefined
  const console = () => {
    made ??= createConsole(sink)
    return made
  }
  const ledger = createTimerLedger()
  const timers = createTimers(ledger, () => loadNode().loaders['timers/promises']?.() as Record<string, unknown>)
  const queueMicrotask = createQueueMicrotask((error) => surroundings.report(error))
  const ticks = createTickQueue()
  const lastWords = createList<() => void>()
  surroundings.timers = timers.functions
  surroundings.queueMicrotask = queueMicrotask
  surroundings.nextTick = ticks.add
  surroundings.lastWords = (write) => add(lastWords, write)
  surroundings.write = sink.write
  addGlobals({ ...timers.functions, queueMicrotask, global: globalThis })
  addLazyGlobals({ names: ['console'], load: () => ({ console: console() }) })
  addEveryLazyGlobal()
  return {
    console,
    begin: ({ limits, live }, onError) => {
      sink.open(limits.outputBytes, live)
      ledger.allow(limits.timers)
      surroundings.report = onError
      surroundings.egressConcurrent = limits.egressConcurrent
      surroundings.startedAtMs = now()
    },
    fireTimer: (id) => {
      try {
        timers.fire(id)
      } catch (error) {
        surroundings.report(error)
      }
    },
    collectTimers: ledger.collectChanges,
    hasTicks: () => !ticks.isEmpty(),
    runTicks: ticks.drain,
    settleRequest,
    collectRequests,
    flushConsole: sink.flush,
    seal: () => {
      for (let index = 0; index < lastWords.length; index++) lastWords[index]?.()
      return sink.seal()
    },
  }
}
