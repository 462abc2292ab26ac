/** What the author reads when a run did not end by its own code: names the limit, its value, and what was reached. */
import type { Ending, GuestError } from './bridge/outcome.ts'
import { naming, type RunLimits } from './limits.ts'

/** `completed` and `threw` have an error of their own or none; `exceeded-output` is worded where the output is counted. */
export type HostEnding = Exclude<Ending, 'completed' | 'threw' | 'exceeded-output'>

/** `reached` is in the limit's unit; without it nobody could measure it any more. */
export const endingError = (ending: HostEnding, limits: RunLimits, reached?: number): GuestError => ({
  name: 'Error',
  message: texts[ending](limits, reached),
  code: `ERR_RUN_${ending.toUpperCase().replace('-', '_')}`,
})

const texts: Record<HostEnding, (limits: RunLimits, reached?: number) => string> = {
  'exceeded-cpu': ({ cpuMs }, reached) =>
    `The handler used more than ${cpuMs} ms of processor time ${naming('cpuMs', reached)}.`,
  'exceeded-wall': ({ wallMs }, reached) =>
    `The actions did not finish within ${wallMs} ms ${naming('wallMs', reached)}.`,
  'exceeded-heap': ({ heapMb }, reached) =>
    `The action used more than ${heapMb} MB of memory ${naming('heapMb', reached)}.`,
  refused: () => 'What the handler left behind could not be read.',
  crashed: () => 'The sandbox process ended while the handler ran.',
  canceled: () => 'The run was canceled.',
  throttled: () => 'No sandbox process became free in time.',
}
