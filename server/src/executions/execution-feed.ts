/** Development: what runs have done, told to who listens as soon as it is written down. Nothing is kept. */
import type { ExecutionResultEntry, ExecutionStatus, ExecutionStore } from './execution.ts'

export interface ToldExecution {
  tenant: string
  id: string
  status: ExecutionStatus
  /** What has been added. */
  results: readonly ExecutionResultEntry[]
}

export interface ExecutionFeed {
  tell(told: ToldExecution): void
  /** Answers how to stop listening. */
  listen(listener: (told: ToldExecution) => void): () => void
}

export const createExecutionFeed = (): ExecutionFeed => {
  const listeners = new Set<(told: ToldExecution) => void>()
  return {
    tell: (told) => {
      for (const listener of listeners) listener(told)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** A store that tells of what it has written. */
export const announced = (store: ExecutionStore, feed: ExecutionFeed): ExecutionStore => ({
  ...store,
  append: async (tenant, id, addition) => {
    await store.append(tenant, id, addition)
    feed.tell({ tenant, id, status: addition.status, results: addition.results })
  },
})
