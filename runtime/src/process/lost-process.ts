/** What the end of a sandbox process means for the runs that were in it. */
import type { Ending } from '../bridge/outcome.ts'
import type { HostEnding } from '../errors.ts'
import type { EndReason } from '../observer.ts'

/** What the run that is to blame came to, by the reason for which its process had to go. */
export const endingOf = {
  'exceeded-cpu': 'exceeded-cpu',
  'exceeded-wall': 'exceeded-wall',
  'exceeded-memory': 'exceeded-heap',
  'not-idle': 'crashed',
  'thrown-away': 'crashed',
  'broke-protocol': 'refused',
  recycled: 'crashed',
  evicted: 'crashed',
  closed: 'canceled',
  exit: 'crashed',
} as const satisfies Record<EndReason, HostEnding>

/** By its last words: V8 says on standard error that it is out of memory before it aborts the process. */
export const endingOfExit = (lastWords: string): HostEnding =>
  /out of memory|Last few GCs/.test(lastWords) ? 'exceeded-heap' : 'crashed'

/** After these the process takes no further run: what happened in it may have left its mark. */
export const spending: ReadonlySet<Ending> = new Set(['exceeded-cpu', 'exceeded-wall', 'exceeded-heap', 'refused'])
