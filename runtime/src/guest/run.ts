/**
 * The one handler run of a context: evaluates the module, calls the handler, and settles exactly once. Made before it is
 * known what will run, with everything that needs no event: objects in a snapshot cost less than code that makes them.
 */
import type { GuestRun, HandlerName, Remains, Settled } from '../bridge/guest-door.ts'
import type { GuestError } from '../bridge/outcome.ts'
import { createApi } from './api/index.ts'
import { findHandler } from './author-module.ts'
import { createCacheStore } from './cache-store.ts'
import { toGuestError } from './guest-error.ts'
import { add, bare, createList } from './primordials.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { World } from './world.ts'

interface Deps {
  /** Evaluates the module, unless that was done ahead; answers what it exports. */
  load: () => Record<string, unknown>
  world: World
}

export interface Run {
  /** Calls the handler; once. */
  begin(run: GuestRun): void
  /** JSON fields of `Collected`. */
  collect(): object
  /** Ends the run from outside, also one that was cut off while it began. */
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

export const createRun = ({ load, world }: Deps): Run => {
  const recorder = createRecorder()
  const cache = createCacheStore()
  let name: HandlerName = 'onExecutePostChallenge'
  let finished = false
  let settled: Settled | undefined
  const lateErrors = createList<GuestError>()
  let lateErrorsLeftOut = 0
  const api = createApi({ recorder, cache, handlerName: () => name })

  const settle = (end: End) => {
    if (finished) {
      if (!('thrown' in end)) return
      if (lateErrors.length < mostLateErrors) add(lateErrors, toGuestError(end.thrown))
      else lateErrorsLeftOut += 1
      return
    }
    finished = true
    settled = toSettled(world.seal(), recorder, end)
  }

  const runHandler = async (event: unknown) => {
    try {
      const handler = findHandler(load(), name)
      if (handler === undefined) return settle({ handlerMissing: true })
      // Unlike `.then`, `await` of a native promise does not go through a `then` that the author may have replaced.
      // biome-ignore lint/nursery/useAwaitThenable: a handler is an async function
      await handler(event, api)
      settle({})
    } catch (error) {
      settle({ thrown: error })
    }
  }

  return {
    begin: (run) => {
      name = run.handler
      cache.fill(run.cache)
      recorder.allow(run.limits.outputBytes)
      world.begin(run, (error) => settle({ thrown: error }))
      void runHandler(run.event)
    },
    collect: () => {
      world.flushConsole()
      const answer = bare({
        ...world.collectTimers(),
        ...world.collectRequests(),
        ...(world.hasTicks() && { ticks: true }),
        settled,
        lateErrors,
        ...(lateErrorsLeftOut > 0 && { lateErrorsLeftOut }),
      })
      settled = undefined
      return answer
    },
    stop: () => {
      finished = true
      return world.seal()
    },
  }
}

/** Nothing runs after the stretch in which the handler settled. */
const mostLateErrors = 16
