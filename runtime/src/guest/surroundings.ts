/**
 * What a run gives to everything that is evaluated later than the world: the same for the web's globals and for Node's
 * modules. Set by the world; a module that is loaded ahead of its run finds what was there before, and what is there then.
 */
import type { ConsoleLine } from '../bridge/outcome.ts'
import { bare } from './primordials.ts'
import type { Timers } from './timers.ts'

export const surroundings = bare({
  /** Told what nobody can catch: errors of callbacks and listeners. The run ends with the first one. */
  report: (_error: unknown): void => {},
  /** Requests that may be under way at the same time; further ones wait. */
  egressConcurrent: 0,
  /** A line of the run's log. */
  write: (_level: ConsoleLine['level'], _text: string): void => {},
  timers: bare({}) as Timers['functions'],
  queueMicrotask: (_callback: unknown): void => {},
  nextTick: (_callback: (...args: unknown[]) => unknown, _args: unknown[]): void => {},
  /** When the run began, in milliseconds since 1970. */
  startedAtMs: 0,
  /** `write` is called before the log is closed, once. */
  lastWords: (_write: () => void): void => {},
  /** Puts what is called later into the asynchronous context of now, once somebody has asked for such a thing. */
  follow: <Callback extends (...args: never[]) => unknown>(callback: Callback): Callback => callback,
})
