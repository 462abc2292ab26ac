/**
 * Enters the guest: one synchronous stretch on the calling thread, microtasks included. V8 drains them before the call
 * returns, so `timeoutMs` covers continuations of promises as well.
 *
 * A rejected promise that nobody handles makes isolated-vm throw a copy of its reason here, after the call itself has
 * returned. That is no ending: the door tells what became of the handler.
 */
import type ivm from 'isolated-vm'

export type Entry = { cpuMs: number } & (
  | { type: 'returned'; value: unknown }
  | { type: 'timed-out'; stack: string | undefined }
  /** The heap limit was passed: isolated-vm has disposed the isolate. */
  | { type: 'disposed' }
  | { type: 'left-a-rejection' }
)

interface EntryRequest {
  isolate: ivm.Isolate
  target: ivm.Reference
  args: readonly (string | number)[]
  timeoutMs: number
}

export const enter = ({ isolate, target, args, timeoutMs }: EntryRequest): Entry => {
  const timeout = Math.max(1, Math.ceil(timeoutMs))
  const read = startMeter(isolate)
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
    return { type: 'left-a-rejection', cpuMs }
  }
}

/**
 * isolated-vm's own count: `process.threadCpuUsage` moves in scheduler ticks of some milliseconds, longer than a whole
 * honest run. A disposed isolate has no count any more; nothing else ran on the thread, so the clock stands in for it.
 */
const startMeter = (isolate: ivm.Isolate) => {
  const startedAt = performance.now()
  const cpuBefore = isolate.cpuTime
  return () => {
    const clockMs = performance.now() - startedAt
    return { clockMs, cpuMs: isolate.isDisposed ? clockMs : Number(isolate.cpuTime - cpuBefore) / 1_000_000 }
  }
}

const timeoutMessage = 'Script execution timed out.'
const timerToleranceMs = 2
