/** What happened in a tenant, as its administrators may read it. Never holds a secret, a code, a ticket or a token. */
import type { LogCode, LogDetails } from './log-code.ts'

/** What is known where something happens. Names are looked up when it is written. */
export type LogEvent = { [Code in LogCode]: LogFacts & { type: Code; details?: LogDetails<Code> } }[LogCode]

/** Who did it, from where, in which application. */
export interface LogFacts {
  /** The code's own text where it is absent. */
  description?: string
  connection?: string
  clientId?: string
  ip?: string
  userAgent?: string
  hostname?: string
  userId?: string
  userName?: string
  organizationId?: string
  audience?: string
  scope?: string
}

export interface NewLogEntry extends LogFacts {
  type: LogCode
  description: string
  details?: Record<string, unknown>
  connectionId?: string
  strategy?: string
  strategyType?: 'database' | 'enterprise'
  clientName?: string
  /** Unix time in milliseconds. */
  date: number
}

export interface LogEntry extends NewLogEntry {
  /** 36 digits; later entries have larger ones. */
  id: string
}
