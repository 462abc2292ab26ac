import type { LogEvent, NewLogEntry } from './log-entry.ts'

/** Where everything that happens in a tenant is told. */
export interface TenantLog {
  /**
   * Never throws and never waits: the entry is written in the background, a moment later. A server that is killed within
   * that moment loses it; what must not be lost is written with what it tells of (`complete`).
   */
  record(tenant: string, event: LogEvent): void
  /** The entry as it is to be stored, for whoever stores it in a transaction of its own. */
  complete(tenant: string, event: LogEvent): Promise<NewLogEntry>
  /** Says that one was stored that way. */
  stored(tenant: string): void
  /** Resolves when everything told so far is stored. */
  flush(): Promise<void>
}
