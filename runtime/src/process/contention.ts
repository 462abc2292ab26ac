/** How many tasks want each processor: how much longer than its processor time work takes on the clock. */
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/** Now, from 1 on. */
export const readContention = (): number => {
  const now = performance.now()
  if (now - sampledAt >= sampleMs) {
    sampled = toContention(readTasks(), availableParallelism())
    sampledAt = now
  }
  return sampled
}

/** Runnable or running tasks, including whoever asks: in the last minute, and at this moment where the system tells. */
export interface Tasks {
  lastMinute: number
  now: number
}

/**
 * The smaller of both: a minute that is over says nothing of the machine now, and a moment little of a minute. Who takes a
 * quiet machine for a busy one lets code that never ends run on, until the supervisor, which cannot name the line, ends it.
 */
export const toContention = ({ lastMinute, now }: Tasks, processors: number): number =>
  Math.min(Math.max(Math.min(lastMinute, now) / processors, 1), highest)

/** proc(5): `0.20 0.18 0.12 1/80 11206`, the fourth being runnable tasks of all tasks. */
export const parseTasks = (text: string): Tasks => {
  const [lastMinute = '', , , tasks = ''] = text.split(' ')
  return { lastMinute: Number(lastMinute), now: Number.parseInt(tasks, 10) }
}

const readTasks = (): Tasks => {
  try {
    return parseTasks(readFileSync('/proc/loadavg', 'latin1'))
  } catch {
    const [lastMinute = 0] = loadavg()
    return { lastMinute, now: lastMinute }
  }
}

/** Asking for each run was seen to take a twentieth of the server's time. */
const sampleMs = 100
let sampled = 1
let sampledAt = Number.NEGATIVE_INFINITY

/** Beyond it clock time says nothing: the supervisor's own count of processor time holds. */
const highest = 16
