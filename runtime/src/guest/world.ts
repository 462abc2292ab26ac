/** What surrounds author code in a run: its console, its timers and its network. Part of the context before there is a run. */
import type { GuestRun, Remains } from '../bridge/guest-door.ts'
import { createConsole } from './console.ts'
import { createConsoleSink } from './console-sink.ts'
import { addGlobals } from './globals.ts'
import { addEveryLazyGlobal, collectRequests, settleRequest } from './lazy-globals.ts'
import { createQueueMicrotask } from './microtask.ts'
import { apply } from './primordials.ts'
import { surroundings } from './surroundings.ts'
import { createTimerLedger, type TimerChanges } from './timer-ledger.ts'
import { createTimers } from './timers.ts'
import type { EgressChanges } from './web/egress-ledger.ts'

export interface World {
  console: unknown
  /** `onError` is told what callbacks of timers, microtasks and listeners throw. */
  begin(limits: GuestRun['limits'], onError: (error: unknown) => void): void
  fireTimer(id: number): void
  collectTimers(): TimerChanges
  settleRequest(id: number, answerJson: string): void
  collectRequests(): EgressChanges
  /** Closes the console and answers what it kept. */
  seal(): Remains
}

export const createWorld = (): World => {
  const sink = createConsoleSink()
  const console = createConsole(sink)
  const ledger = createTimerLedger()
  const timers = createTimers(ledger)
  const queueMicrotask = createQueueMicrotask((error) => surroundings.report(error))
  surroundings.timers = timers.functions
  surroundings.write = sink.write
  surroundings.nextTick = (callback, args) => queueMicrotask(() => apply(callback, undefined, args))
  addGlobals({ console, ...timers.functions, queueMicrotask })
  addEveryLazyGlobal()
  return {
    console,
    begin: (limits, onError) => {
      sink.open(limits.outputBytes)
      ledger.allow(limits.timers)
      surroundings.report = onError
      surroundings.egressConcurrent = limits.egressConcurrent
    },
    fireTimer: (id) => {
      try {
        timers.fire(id)
      } catch (error) {
        surroundings.report(error)
      }
    },
    collectTimers: ledger.collectChanges,
    settleRequest,
    collectRequests,
    seal: sink.seal,
  }
}
