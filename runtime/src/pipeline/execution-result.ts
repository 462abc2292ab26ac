/** What one leg of the pipeline came to: from its start, or from a return, up to the next pause or the end. */
import type { CacheRecord, Command, FactorSelector } from '../bridge/command.ts'
import type { HandlerName } from '../bridge/guest-door.ts'
import type { ConsoleLine, Ending, GuestError } from '../bridge/outcome.ts'
import type { EgressRecord } from '../egress/egress-record.ts'

/** Where a leg begins: the index of the action in binding order, and which of its handlers runs first. */
export interface Position {
  action: number
  handler: HandlerName
}

/** Something the user must do before the pipeline goes on. */
export type Demand =
  /** `first` opens with the first factor and offers the others; `any` opens with a picker. */
  | { type: 'challenge'; open: 'first' | 'any'; factors: FactorSelector[] }
  /** `url` is without `state`; whoever sends the user away adds it. */
  | { type: 'redirect'; url: string }
  | { type: 'prompt'; id: string; fields?: Record<string, unknown>; vars?: Record<string, unknown> }

/** The merged meaning of a leg: a denial, else the challenges in order, then the redirect or prompt, then the next action. */
export type Decision =
  | { type: 'proceed' }
  | { type: 'deny'; reason: string; action: number }
  /** `demands` is never empty; when all are met the pipeline goes on at `next`. */
  | { type: 'pause'; demands: Demand[]; next: Position }
  /** An action did not complete, or its commands contradict each other. The flow fails closed. */
  | { type: 'fail'; ending: Ending; action: number }

/** What one handler run has printed, while it is under way. */
export interface PrintedLines {
  /** Index into the bound actions. */
  action: number
  handler: HandlerName
  /** As in the run's report. */
  startedAt: number
  /** In the order of the report's `console`, which they are the same as; `at`: Unix time in milliseconds. */
  lines: (ConsoleLine & { index: number; at: number })[]
}

/** One handler run, as the tenant may read it. */
export interface RunReport {
  /** Index into the bound actions. */
  action: number
  handler: HandlerName
  ending: Ending
  /** With `threw` and `refused`; for a limit, a text that names the limit and its value. */
  error?: GuestError
  console: ConsoleLine[]
  consoleTruncated: boolean
  /** What the author should know although the run completed, such as a missing `onContinue…`. */
  warnings: string[]
  /** Unix time in milliseconds. */
  startedAt: number
  wallMs: number
  cpuMs: number
  /** Heap in use at the end of the run, in bytes; 0 when the process was lost. */
  heapBytes: number
  /** Requests over the network, in their order. */
  egress: EgressRecord[]
}

export type CacheChange = { type: 'set'; key: string; record: CacheRecord } | { type: 'delete'; key: string }

export interface ExecutionResult {
  decision: Decision
  runs: RunReport[]
  /**
   * What each of `runs` has asked for, in the order of its calls; empty for one that did not complete. Not for a log: what is
   * in it may be secret, such as a prompt's `vars` and the tokens of a URL.
   */
  commands: Command[][]
  /** Writes in their order; they stand whatever the decision is, unless the run that made them did not complete. */
  cacheChanges: CacheChange[]
  /** The last `setResultUrl` of a completed run in this leg. */
  resultUrl?: string
}
