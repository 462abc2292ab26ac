/** One handler run as it is asked of an isolate, and what is told of it afterwards. Plain data on both sides. */
import type { CacheRecord, Command } from '../bridge/command.ts'
import type { HandlerName, Inspected } from '../bridge/guest-door.ts'
import type { ConsoleLine, Ending, GuestError } from '../bridge/outcome.ts'
import type { RunLimits } from '../limits.ts'

export interface Run {
  handler: HandlerName
  /** The whole event, `secrets` of this action included. */
  event: Record<string, unknown>
  cache: Record<string, CacheRecord>
  /** The `state` of the redirect the user has come back from. Without one, every token is refused. */
  redirectState?: string
  limits: RunLimits
  /** What is left of `limits.wallMs` for this run. */
  wallLeftMs: number
  /** Somebody follows it: what it prints is told while it is under way, too. */
  live?: true
  /** How much longer than its processor time a stretch of code may take on the clock; from 1 on. */
  contention: number
}

/** Told what a `live` run prints, as it came out of the isolate: the server reads it. */
export type Print = (printed: { first: unknown; lines: unknown }) => void

export interface RunEnd {
  ending: Ending
  /** Empty unless the run completed. */
  commands: Command[]
  handlerMissing: boolean
  warnings: string[]
  error?: GuestError
  console: ConsoleLine[]
  consoleTruncated: boolean
  wallMs: number
  cpuMs: number
  heapBytes: number
}

/** Author code as a sandbox process keeps it: `code` is the module wrapped as one function expression. */
export interface Module {
  hash: string
  code: string
  fileName: string
  /** What was made of it when it was deployed. Not trusted more than the code: it is of the same tenant's making. */
  ahead?: Ahead
}

export interface Ahead {
  kind: 'snapshot' | 'code-cache'
  /** Base64 of zstd. */
  packed: string
}

/** What loading a module once has shown. */
export type Inspection = Inspected & {
  /** Time on the processor that loading it has taken. */
  loadMs: number
  /** A promise that was rejected meanwhile and that nothing handled. */
  rejection?: string
}

/** The end of a run that left nothing behind. */
export const unfinished = (ending: Ending, error: GuestError): RunEnd => ({
  ending,
  commands: [],
  handlerMissing: false,
  warnings: [],
  error,
  console: [],
  consoleTruncated: false,
  wallMs: 0,
  cpuMs: 0,
  heapBytes: 0,
})
