import { availableParallelism, loadavg } from 'node:os'

/** How many tasks want each processor, from 1 on: how much longer than its processor time work takes on the clock. */
export const readContention = (): number => {
  const [lastMinute = 0] = loadavg()
  return Math.min(Math.max(lastMinute / availableParallelism(), 1), highest)
}

/** Beyond it clock time says nothing: the supervisor's own count of processor time holds. */
const highest = 2
