/** What happens in tenants, told to who follows it now. Nothing is kept: entries are read from the store, from where one was. */
import type { ConsoleNews } from './console-news.ts'

/** What may be followed of a tenant, and what is told of it. */
export interface LiveTopics {
  /** There are new entries in the store. */
  stored: null
  /** What actions print, in its order. */
  console: readonly ConsoleNews[]
}
export type Topic = keyof LiveTopics

export interface LiveLog {
  /**
   * Never rejects; resolves with false where it has reached nobody for sure. News may be lost all the same: who follows looks
   * into the store from time to time as well.
   */
  tell<Of extends Topic>(tenant: string, topic: Of, news: LiveTopics[Of]): Promise<boolean>
  /** Resolves, when news arrive from then on, with how to stop. */
  follow<Of extends Topic>(tenant: string, topic: Of, listener: (news: LiveTopics[Of]) => void): Promise<() => void>
  /** Whether anybody does, at whatever server: else lines need not even leave the run. */
  isConsoleFollowed(tenant: string): boolean
  close(): void
}

/** `first` and `last`: a topic of a tenant has its first follower, who waits for it, or has lost its last. */
interface Changes {
  first(tenant: string, topic: Topic): Promise<void>
  last(tenant: string, topic: Topic): void
}

interface Followers {
  listeners: Set<(news: never) => void>
  ready: Promise<void> | undefined
}

/** Within one process. */
export const createLocalLiveLog = (changed?: Changes): LiveLog => {
  const followers: Record<Topic, Map<string, Followers>> = { stored: new Map(), console: new Map() }
  return {
    tell(tenant, topic, news) {
      for (const listener of followers[topic].get(tenant)?.listeners ?? []) listener(news as never)
      return Promise.resolve(true)
    },
    async follow(tenant, topic, listener) {
      const own = followers[topic].get(tenant) ?? { listeners: new Set(), ready: changed?.first(tenant, topic) }
      followers[topic].set(tenant, own)
      own.listeners.add(listener)
      await own.ready
      return () => {
        if (!own.listeners.delete(listener) || own.listeners.size > 0) return
        followers[topic].delete(tenant)
        changed?.last(tenant, topic)
      }
    },
    isConsoleFollowed: (tenant) => followers.console.has(tenant),
    close: () => {
      for (const topic of Object.values(followers)) topic.clear()
    },
  }
}
