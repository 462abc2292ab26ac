/** One pipeline run for one transaction, with a result per handler run: the log a tenant may read. */
import type { RunReport } from '@interlock/runtime'

/** The vendor's words: `suspended` while the user is away, `final` when every action ran, `partial` when one failed. */
export type ExecutionStatus = 'pending' | 'final' | 'partial' | 'canceled' | 'suspended'

export interface ExecutionResultEntry extends Omit<RunReport, 'action'> {
  actionName: string
  actionId: string
  versionId: string
}

export interface Execution {
  /** 32 base64url characters that end in the base64 of `M` and the date. */
  id: string
  trigger: string
  userId: string
  status: ExecutionStatus
  results: ExecutionResultEntry[]
  createdAt: number
  updatedAt: number
}

export interface ExecutionStore {
  create(tenant: string, execution: Execution): Promise<void>
  /** Adds results to the end and sets the status. */
  append(
    tenant: string,
    id: string,
    addition: { results: readonly ExecutionResultEntry[]; status: ExecutionStatus; now: number },
  ): Promise<void>
  find(tenant: string, id: string): Promise<Execution | undefined>
}
