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
  /** Resolves, when news arrive from then on, with how to stop. */
  follow(tenant: string, listener: (news: LiveNews) => void): Promise<() => void>
  close(): void
}

/** `first` and `last`: a tenant has its first follower, who waits for it, or has lost its last. */
interface Changes {
  first(tenant: string): Promise<void>
  last(tenant: string): void
}

/** Within one process. */
export const createLocalLiveLog = (changed?: Changes): LiveLog => {
  const followers = new Map<string, { listeners: Set<(news: LiveNews) => void>; ready: Promise<void> | undefined }>()
  return {
    tell(tenant, news) {
      for (const listener of followers.get(tenant)?.listeners ?? []) listener(news)
    },
    async follow(tenant, listener) {
      const own = followers.get(tenant) ?? { listeners: new Set(), ready: changed?.first(tenant) }
      followers.set(tenant, own)
      own.listeners.add(listener)
      await own.ready
      return () => {
        if (!own.listeners.delete(listener) || own.listeners.size > 0) return
        followers.delete(tenant)
        changed?.last(tenant)
      }
    },
    close: () => followers.clear(),
  }
}
