/** What happens in tenants, told to who follows it now. Nothing is kept: entries are read from the store, from where one was. */
import type { ConsoleLine } from '@interlock/runtime'

export interface Printed {
  executionId: string
  actionName: string
  handler: string
  lines: readonly ConsoleLine[]
}

export type LiveNews =
  /** There are new entries in the store. */
  | { type: 'stored' }
  /** A handler run has ended, and this is what it printed. */
  | { type: 'printed'; printed: Printed }

export interface LiveLog {
  /** Never throws and never waits. News may be lost: who follows looks into the store from time to time as well. */
  tell(tenant: string, news: LiveNews): void
  /** Answers how to stop. */
  follow(tenant: string, listener: (news: LiveNews) => void): () => void
  close(): void
}

/** `first` and `last`: a tenant has its first follower, or has lost its last. */
interface Changes {
  first(tenant: string): void
  last(tenant: string): void
}

/** Within one process. */
export const createLocalLiveLog = (changed?: Changes): LiveLog => {
  const followers = new Map<string, Set<(news: LiveNews) => void>>()
  return {
    tell(tenant, news) {
      for (const listener of followers.get(tenant) ?? []) listener(news)
    },
    follow(tenant, listener) {
      const own = followers.get(tenant) ?? new Set()
      if (own.size === 0) {
        followers.set(tenant, own)
        changed?.first(tenant)
      }
      own.add(listener)
      return () => {
        if (!own.delete(listener) || own.size > 0) return
        followers.delete(tenant)
        changed?.last(tenant)
      }
    },
    close: () => followers.clear(),
  }
}
