/** What the author reads when a run did not end by its own code: names the limit and its value. */
import type { Ending, GuestError } from './bridge/outcome.ts'
import type { RunLimits } from './limits.ts'

/** `completed` and `threw` have an error of their own or none; `exceeded-output` is worded where the output is counted. */
export type HostEnding = Exclude<Ending, 'completed' | 'threw' | 'exceeded-output'>

export const endingError = (ending: HostEnding, limits: RunLimits): GuestError => ({
  name: 'Error',
  message: texts[ending](limits),
  code: `ERR_RUN_${ending.toUpperCase().replace('-', '_')}`,
})

const texts: Record<HostEnding, (limits: RunLimits) => string> = {
  'exceeded-cpu': ({ cpuMs }) => `The handler used more than ${cpuMs} ms of processor time (limit "cpuMs").`,
  'exceeded-wall': ({ wallMs }) => `The actions did not finish within ${wallMs} ms (limit "wallMs").`,
  'exceeded-heap': ({ heapMb }) => `The action used more than ${heapMb} MB of memory (limit "heapMb").`,
  refused: () => 'What the handler left behind could not be read.',
  crashed: () => 'The sandbox process ended while the handler ran.',
  canceled: () => 'The run was canceled.',
  throttled: () => 'No sandbox process became free in time.',
}
