import { availableParallelism, loadavg } from 'node:os'

/** How many tasks want each processor, from 1 on: how much longer than its processor time work takes on the clock. */
export const readContention = (): number => {
  const now = performance.now()
  if (now - sampledAt >= sampleMs) {
    const [lastMinute = 0] = loadavg()
    sampled = Math.min(Math.max(lastMinute / availableParallelism(), 1), highest)
    sampledAt = now
  }
  return sampled
}

/** The system reckons it anew every 5 s; asking it for each run was seen to take a twentieth of the server's time. */
const sampleMs = 1_000
let sampled = 1
let sampledAt = Number.NEGATIVE_INFINITY

/** Beyond it clock time says nothing: the supervisor's own count of processor time holds. */
const highest = 2
