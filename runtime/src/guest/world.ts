/** What surrounds author code in a run: its console and its timers. */
import type { GuestRun, Remains } from '../bridge/guest-door.ts'
import { createConsole } from './console.ts'
import { createConsoleSink } from './console-sink.ts'
import { addGlobals } from './globals.ts'
import { createQueueMicrotask } from './microtask.ts'
import { createTimerLedger, type TimerChanges } from './timer-ledger.ts'
import { createTimers } from './timers.ts'

export interface World {
  console: unknown
  fireTimer(id: number): void
  collectTimers(): TimerChanges
  /** Closes the console and answers what it kept. */
  seal(): Remains
}

/** `onError` is told what callbacks of timers and microtasks throw. */
export const createWorld = (limits: GuestRun['limits'], onError: (error: unknown) => void): World => {
  const sink = createConsoleSink(limits.outputBytes)
  const console = createConsole(sink)
  const ledger = createTimerLedger(limits.timers)
  const timers = createTimers(ledger)
  addGlobals({ console, ...timers.functions, queueMicrotask: createQueueMicrotask(onError) })
  return {
    console,
    fireTimer: (id) => {
      try {
        timers.fire(id)
      } catch (error) {
        onError(error)
      }
    },
    collectTimers: ledger.collectChanges,
    seal: sink.seal,
  }
}
