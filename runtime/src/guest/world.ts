/** What surrounds author code in a run: its console, its timers and its network. Part of the context before there is a run. */
import type { GuestRun, Remains } from '../bridge/guest-door.ts'
import { createConsole } from './console.ts'
import { createConsoleSink } from './console-sink.ts'
import { addGlobals } from './globals.ts'
import type { HostCall } from './host-call.ts'
import { createLazyNetwork } from './lazy-network.ts'
import { createQueueMicrotask } from './microtask.ts'
import { createTimerLedger, type TimerChanges } from './timer-ledger.ts'
import { createTimers } from './timers.ts'
import type { EgressChanges } from './web/egress-ledger.ts'

export interface World {
  console: unknown
  begin(limits: GuestRun['limits'], surroundings: Surroundings): void
  fireTimer(id: number): void
  collectTimers(): TimerChanges
  settleRequest(id: number, answerJson: string): void
  collectRequests(): EgressChanges
  /** Closes the console and answers what it kept. */
  seal(): Remains
}

interface Surroundings {
  callHost: HostCall
  /** Told what callbacks of timers, microtasks and signals throw. */
  onError(error: unknown): void
}

export const createWorld = (): World => {
  let report: (error: unknown) => void = () => {}
  const sink = createConsoleSink()
  const console = createConsole(sink)
  const ledger = createTimerLedger()
  const timers = createTimers(ledger)
  const network = createLazyNetwork()
  const queueMicrotask = createQueueMicrotask((error) => report(error))
  addGlobals({ console, ...timers.functions, queueMicrotask })
  return {
    console,
    begin: (limits, { callHost, onError }) => {
      sink.open(limits.outputBytes)
      ledger.allow(limits.timers)
      report = onError
      const startTimer = (callback: () => void, delayMs: unknown) => timers.functions.setTimeout?.(callback, delayMs)
      network.begin({ concurrent: limits.egressConcurrent, callHost, report, startTimer })
    },
    fireTimer: (id) => {
      try {
        timers.fire(id)
      } catch (error) {
        report(error)
      }
    },
    collectTimers: ledger.collectChanges,
    settleRequest: network.settle,
    collectRequests: network.collectRequests,
    seal: sink.seal,
  }
}
