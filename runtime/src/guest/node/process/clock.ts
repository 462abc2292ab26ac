/** The clocks of `process`. The guest's clock has whole milliseconds, and so have these. */

import { surroundings } from '../../surroundings.ts'
import { requireArray } from '../validate.ts'

const perSecond = 1_000
const nanosecondsPerMs = 1_000_000

const hrtime = (earlier?: unknown): [seconds: number, nanoseconds: number] => {
  const ms = Date.now()
  const seconds = Math.floor(ms / perSecond)
  const nanoseconds = (ms % perSecond) * nanosecondsPerMs
  if (earlier === undefined) return [seconds, nanoseconds]
  requireArray(earlier, 'time')
  const [from = 0, fromNanoseconds = 0] = earlier as number[]
  const rest = nanoseconds - fromNanoseconds
  return rest < 0 ? [seconds - from - 1, rest + perSecond * nanosecondsPerMs] : [seconds - from, rest]
}

export const clock = {
  hrtime: Object.assign(hrtime, { bigint: () => BigInt(Date.now()) * BigInt(nanosecondsPerMs) }),
  /** Of the run, in seconds. */
  uptime: () => (Date.now() - surroundings.startedAtMs) / perSecond,
}
