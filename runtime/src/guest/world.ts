/** What surrounds author code in a run: its console and its timers. Part of the context before there is a run. */
import type { GuestRun, Remains } from '../bridge/guest-door.ts'
import { createConsole } from './console.ts'
import { createConsoleSink } from './console-sink.ts'
import { addGlobals } from './globals.ts'
import { createQueueMicrotask } from './microtask.ts'
import { createTimerLedger, type TimerChanges } from './timer-ledger.ts'
import { createTimers } from './timers.ts'

export interface World {
  console: unknown
  /** `onError` is told what callbacks of timers and microtasks throw. */
  begin(limits: GuestRun['limits'], onError: (error: unknown) => void): void
  fireTimer(id: number): void
  collectTimers(): TimerChanges
  /** Closes the console and answers what it kept. */
  seal(): Remains
}

export const createWorld = (): World => {
  let report: (error: unknown) => void = () => {}
  const sink = createConsoleSink()
  const console = createConsole(sink)
  const ledger = createTimerLedger()
  const timers = createTimers(ledger)
  addGlobals({ console, ...timers.functions, queueMicrotask: createQueueMicrotask((error) => report(error)) })
  return {
    console,
    begin: (limits, onError) => {
      sink.open(limits.outputBytes)
      ledger.allow(limits.timers)
      report = onError
    },
    fireTimer: (id) => {
      try {
        timers.fire(id)
      } catch (error) {
        report(error)
      }
    },
    collectTimers: ledger.collectChanges,
    seal: sink.seal,
  }
}
