/** A run as its process's flight: answered once, also where the process never does, and canceled when its caller says so. */
import type { RunEgress } from '../egress/run-egress.ts'
import { endingError } from '../errors.ts'
import { type Run, type RunEnd, unfinished } from '../isolate/run.ts'
import type { Flight } from './flights.ts'
import { createLiveLines, type Printed } from './live-lines.ts'
import { spending } from './lost-process.ts'
import { runEnd } from './message.ts'
import { liveLength } from './speech.ts'

/** What a run has around it on this side. */
export interface Surroundings {
  /** Whom its requests are given to. */
  egress?: RunEgress
  /** Told what the run prints while it is under way, up to its answer; without it, nothing of it travels. */
  printed?: Printed
  /** Aborting cancels the run. */
  signal?: AbortSignal
}

/** What its process is told of it. */
interface Hooks {
  /** Nobody waits for it any more. */
  cancel(): void
  /** The process has not ended it at its wall limit, as it should have. */
  overstayed(reachedMs: number): void
  /** After such an end the process takes no further run. */
  spent(): void
}

export const createRunFlight = (
  run: Run,
  { egress, printed, signal }: Surroundings,
  hooks: Hooks,
): { flight: Flight; ended: Promise<RunEnd> } => {
  const { promise: ended, resolve } = Promise.withResolvers<RunEnd>()
  const startedAt = performance.now()
  const tookMs = () => performance.now() - startedAt
  const overstayed = () => hooks.overstayed(run.limits.wallMs - run.wallLeftMs + tookMs())
  const wallTimer = setTimeout(overstayed, run.wallLeftMs + wallGraceMs)
  const cancel = () => {
    resolve(unfinished('canceled', endingError('canceled', run.limits)))
    hooks.cancel()
  }
  const told: Printed = (lines) => {
    if (!signal?.aborted) printed?.(lines)
  }
  const done = (end: RunEnd) => {
    clearTimeout(wallTimer)
    signal?.removeEventListener('abort', cancel)
    if (spending.has(end.ending)) hooks.spent()
    resolve(end)
  }
  signal?.addEventListener('abort', cancel)
  const flight: Flight = {
    limits: run.limits,
    ...(egress && { egress }),
    ...(printed && { print: createLiveLines(run.limits, told), answerLength: liveLength(run.limits) }),
    land: (message) => {
      const parsed = message.type === 'ended' ? runEnd.safeParse(message.end) : undefined
      if (parsed?.success) done(parsed.data)
      return parsed?.success === true
    },
    lose: (ending, reached) =>
      done({ ...unfinished(ending, endingError(ending, run.limits, reached)), wallMs: tookMs() }),
  }
  return { flight, ended }
}

/** The process ends a run at its wall limit itself, and with its console; this is for one that does not. */
const wallGraceMs = 150
