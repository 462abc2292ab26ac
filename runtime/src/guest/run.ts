/** One handler run: evaluates the module, calls the handler, and settles exactly once. */
import type { GuestRun, Remains, Settled } from '../bridge/guest-door.ts'
import { createApi } from './api/index.ts'
import { findHandler } from './author-module.ts'
import { toGuestError } from './guest-error.ts'
import type { HostCall } from './host-call.ts'
import { bare } from './primordials.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { World } from './world.ts'

interface Deps {
  run: GuestRun
  /** Evaluates the module, unless that was done ahead; answers what it exports. */
  load: () => Record<string, unknown>
  callHost: HostCall
  world: World
}

export interface Run {
  /** Calls the handler. Apart from the making, so that a run which is cut off in here can still be stopped. */
  begin(): void
  fireTimer(id: number): void
  settleRequest(id: number, answerJson: string): void
  /** JSON fields of `Collected`. */
  collect(): object
  /** Ends the run from outside. */
  stop(): Remains
}

/** How author code ended; the recorder may know better. */
type End = { handlerMissing?: true } | { thrown: unknown }

const toSettled = (remains: Remains, recorder: Recorder, end: End): Settled => {
  const { commands, warnings, fatal, exceeded } = recorder.seal()
  const { console, consoleTruncated } = remains
  const base = { console, consoleTruncated }
  if (fatal !== undefined) return bare({ ...base, ending: 'threw', error: toGuestError(fatal) })
  if (exceeded !== undefined) return bare({ ...base, ending: 'exceeded-output', message: exceeded })
  if ('thrown' in end) return bare({ ...base, ending: 'threw', error: toGuestError(end.thrown) })
  return bare({ ...base, ending: 'completed', ...end, commands, warnings } as Settled)
}

export const createRun = ({ run, load, callHost, world }: Deps): Run => {
  const recorder = createRecorder()
  let finished = false
  let settled: Settled | undefined

  const settle = (end: End) => {
    if (finished) return
    finished = true
    settled = toSettled(world.seal(), recorder, end)
  }
  world.begin(run.limits, { callHost, onError: (error) => settle({ thrown: error }) })

  const runHandler = async () => {
    try {
      const handler = findHandler(load(), run.handler)
      if (handler === undefined) return settle({ handlerMissing: true })
      // Unlike `.then`, `await` of a native promise does not go through a `then` that the author may have replaced.
      // biome-ignore lint/nursery/useAwaitThenable: a handler is an async function
      await handler(run.event, createApi({ run, recorder, callHost }))
      settle({})
    } catch (error) {
      settle({ thrown: error })
    }
  }

  return {
    begin: () => void runHandler(),
    fireTimer: world.fireTimer,
    settleRequest: world.settleRequest,
    collect: () => {
      const answer = bare({ ...world.collectTimers(), ...world.collectRequests(), settled })
      settled = undefined
      return answer
    },
    stop: () => {
      finished = true
      return world.seal()
    },
  }
}
