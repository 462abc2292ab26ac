/**
 * The door between `isolate` (host side) and `guest` (inside): the guest's boot script leaves one function, `open`, which
 * the host calls once per context. It removes itself from the global object, and answers the one function that the host
 * calls from then on: with the name of an entrance and its arguments.
 *
 * Only primitives cross. The host never reads a guest object: every answer is a string made by captured primordials.
 */

import type { Ask } from './call.ts'
import type { CacheRecord, Command } from './command.ts'
import type { EgressRequest } from './egress.ts'
import type { ConsoleLine, GuestError } from './outcome.ts'

export type HandlerName = 'onExecutePostChallenge' | 'onContinuePostChallenge'

/** Handed to `start` as JSON. */
export interface GuestRun {
  handler: HandlerName
  /** The whole event, secrets included. */
  event: unknown
  /** Contents of the tenant's cache for this trigger, by key. */
  cache: Record<string, CacheRecord>
  limits: { outputBytes: number; timers: number; egressConcurrent: number }
  /** Somebody follows the run: its console is told by `console.print` as well, while it is under way. */
  live?: true
}

/** A timer the guest wants the host to keep: it fires once. A request with an id the host already keeps replaces it. */
export interface TimerRequest {
  id: number
  delayMs: number
}

/**
 * What `collect` answers, as JSON: everything that happened since it was called last. The host calls it after every entry,
 * once V8 has emptied the microtask queue, so the guest needs no way to call out.
 */
export interface Collected {
  timers?: TimerRequest[]
  /** May hold ids the host has never seen: a timer set and cleared within one entry. */
  clearedTimers?: number[]
  /** To be sent now; each is answered by `settle`. */
  requests?: EgressRequest[]
  /** What the author gave up: no longer to be answered. May hold ids the host has never seen. */
  abandonedRequests?: number[]
  /** There are callbacks for `tick`. */
  ticks?: true
  settled?: Settled
  /** Thrown after the handler had settled, by callbacks that ran in the same stretch. */
  lateErrors?: GuestError[]
  /** How many there were beyond those. */
  lateErrorsLeftOut?: number
}

/** What a run leaves in any case; all that is left when the host ends it. */
export interface Remains {
  console: ConsoleLine[]
  /** True when console text beyond the limit was cut. */
  consoleTruncated: boolean
}

/** The end of a handler as the guest saw it. Sent once; after that the context is finished. */
export type Settled = Remains &
  (
    | { ending: 'completed'; commands: Command[]; handlerMissing?: true; warnings: string[] }
    | { ending: 'threw'; error: GuestError }
    /** More commands than the quota, or more text in them: to lose one of them could be to lose a denial. */
    | { ending: 'exceeded-output'; message: string }
  )

/** What loading a module without running a handler showed; used when a version is built. */
export type Inspected =
  | { ok: true; handlers: Record<HandlerName, 'missing' | 'async' | 'not-async'> }
  | { ok: false; error: GuestError }

/** The entrances of the door. All strings are JSON of the types above. */
export interface GuestDoor {
  /** Evaluates the module and calls the handler. `runJson` is a `GuestRun`. */
  start(runJson: string): void
  /** Fires one timer. Unknown ids are ignored. */
  fire(timerId: number): void
  /** Answers one request; `answerJson` is an `EgressAnswer`. Ids that are not waited for are ignored. */
  settle(requestId: number, answerJson: string): void
  /** Runs what microtasks have given to `process.nextTick`: it runs when there are no more of them. */
  tick(): void
  /** Does nothing: what an entry has left to the next one comes out with it. */
  rest(): void
  /** Answers a `Collected`. */
  collect(): string
  /** Ends the run from outside, also after an entry was cut off by its timeout; answers its `Remains`. May be called again. */
  stop(): string
  /** Evaluates the module only; answers an `Inspected`. */
  inspect(): string
  /**
   * Evaluates the module ahead of `start`; throws what its code throws, and the context is of no use then. `mentionsJson` is
   * what `watch` has found its text to name.
   */
  load(mentionsJson: string): void
  /** Evaluates the module only; answers a `Watched`. */
  watch(): string
  /** Answers the names of the globals that `open` has found and removed. */
  surplus(): string
}

/** What loading a module has touched that another run may find changed. */
export interface Watched {
  names: string[]
  /** Globals, and modules with `node:`, that the module's text names: what it may use in its run. */
  mentions: string[]
  /** The stack frames that have called `Date.now`: a reader may be known to be harmless. */
  clockReads: string[]
}

/**
 * Left on the context's global object by the boot script under `doorName`; gone when it has been called. `surplusJson` is what
 * `surplus` has answered in another context of the same isolate: without it, all globals are looked at.
 */
export type OpenDoor = (ask: Ask, loadModule?: LoadModule, surplusJson?: string) => Enter

/**
 * Left under `freezerName`, instead of the door, where the boot script finds that name set: its context becomes part of a
 * snapshot. Taken away by the host before author code runs.
 */
export interface Freezer {
  take(loadModule: LoadModule): void
  /** Evaluates what of the guest's libraries the module's text names. Before `load`. */
  prepare(mentionsJson: string): void
  /**
   * Evaluates the module; throws what its code throws. `answersJson` is what the host has answered in an ordinary context
   * while the module was loaded, by the question.
   */
  load(answersJson: string): void
  /** To be called when the microtasks of the loading are done. Throws when the module must not be frozen. */
  seal(): void
  /** Leaves the door, behind which the module is loaded. To be called when there is nothing left that author code could do. */
  leave(): void
}

export type Enter = <Entrance extends keyof GuestDoor>(
  entrance: Entrance,
  ...args: Parameters<GuestDoor[Entrance]>
) => ReturnType<GuestDoor[Entrance]>

/**
 * The compiled author module: the body of a sloppy-mode function with the vendor's parameters, made by `wrapModule` and
 * compiled by the host as a script of its own, so that author text is never joined with ours.
 */
export type LoadModule = (
  ...scope: [module: { exports: unknown }, exports: unknown, console: unknown, require: (id: string) => unknown]
) => void

export const doorName = '__interlock_open'

/** Set before the boot script where its contexts shall have the console's formatter from the start; removed by it. */
export const speakerName = '__interlock_speaks'

/** Set before the boot script where the context is to be frozen. */
export const freezerName = '__interlock_freezer'
