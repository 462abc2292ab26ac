/** What a host may watch. Every hook is optional, is called synchronously, and must not throw. */
import type { RunReport } from './pipeline/execution-result.ts'

export interface ProcessEnd {
  tenant: string | undefined
  pid: number
  /** Why the supervisor ended it, or `exit` when it ended by itself. */
  reason: 'exceeded-cpu' | 'exceeded-wall' | 'exceeded-memory' | 'not-idle' | 'recycled' | 'evicted' | 'closed' | 'exit'
  code: number | null
  signal: string | null
}

export interface Observer {
  runEnded?(tenant: string, actionName: string, report: RunReport): void
  processStarted?(pid: number): void
  processEnded?(end: ProcessEnd): void
}
