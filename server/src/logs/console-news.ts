/** What actions print while they run, for who follows it. The stored execution has the same lines, all of them. */
import type { ConsoleLine } from '@interlock/runtime'

/** A line, and all that says whose it is. */
export interface PrintedLine extends ConsoleLine {
  executionId: string
  actionId: string
  actionName: string
  versionId: string
  handler: string
  /** Of the handler run: with the execution it names it. */
  startedAt: number
  /** Its index in the console of that run. */
  index: number
  /** Unix time in milliseconds. */
  at: number
}

export type ConsoleNews =
  | { type: 'printed'; line: PrintedLine }
  /** So many lines are missing at this place: they came faster than they could be told. */
  | { type: 'dropped'; lines: number }

export const linesIn = (news: readonly ConsoleNews[]): number =>
  news.reduce((sum, one) => sum + (one.type === 'dropped' ? one.lines : 1), 0)
