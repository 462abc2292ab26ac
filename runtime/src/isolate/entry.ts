/**
 * Enters the guest: one synchronous stretch on the calling thread, microtasks included. V8 drains them before the call
 * returns, so `timeoutMs` covers continuations of promises as well.
 *
 * A rejected promise that nobody handles makes isolated-vm throw a copy of its reason here, after the call itself has
 * returned, and what the call has answered is lost. It notes every such promise, weakly, and at the end of an entry drops the
 * notes all at once: of several the first is told, and of those that V8 has collected by then none. V8 tells nobody else, so
 * there is no way to more. That is no ending: the door tells what became of the handler.
 */
import type ivm from 'isolated-vm'
import { describeRejection } from './rejection.ts'

export type Entry = { cpuMs: number } & (
  | { type: 'returned'; value: unknown }
  | { type: 'timed-out'; stack: string | undefined }
  /** The heap limit was passed: isolated-vm has disposed the isolate. */
  | { type: 'disposed' }
  | { type: 'left-a-rejection'; reason: string }
)

interface EntryRequest {
  isolate: ivm.Isolate
  target: ivm.Reference
  args: readonly (string | number)[]
  timeoutMs: number
}

export const enter = ({ isolate, target, args, timeoutMs }: EntryRequest): Entry => {
  const timeout = Math.max(1, Math.ceil(timeoutMs))
  const read = startMeter()
  try {
    const value: unknown = target.applySync(undefined, [...args], { timeout })
    return { type: 'returned', value, cpuMs: read().cpuMs }
  } catch (thrown) {
    const { cpuMs, clockMs } = read()
    if (isolate.isDisposed) return { type: 'disposed', cpuMs }
    // The text alone proves nothing: a guest may reject with the same one.
    if (thrown instanceof Error && thrown.message === timeoutMessage && clockMs >= timeout - timerToleranceMs) {
      return { type: 'timed-out', stack: thrown.stack, cpuMs }
    }
    return { type: 'left-a-rejection', reason: describeRejection(thrown), cpuMs }
  }
}

/**
 * Nothing else runs on the thread meanwhile, so a short stretch is counted by the clock: the system counts the thread's
 * processor time in ticks of some milliseconds, longer than a whole honest run. A long stretch may have waited for a
 * processor, and there a tick is little. (isolated-vm's own `cpuTime` is the clock on Linux.)
 */
const startMeter = () => {
  const startedAt = performance.now()
  const cpuBefore = process.threadCpuUsage()
  return () => {
    const clockMs = performance.now() - startedAt
    if (clockMs <= tickMs) return { clockMs, cpuMs: clockMs }
    const { user, system } = process.threadCpuUsage(cpuBefore)
    return { clockMs, cpuMs: Math.min(clockMs, (user + system) / 1_000 + tickMs) }
  }
}

const tickMs = 4

const timeoutMessage = 'Script execution timed out.'
const timerToleranceMs = 2
