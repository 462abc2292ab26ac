import type { Query } from '../search/query.ts'
import type { LogEntry, NewLogEntry } from './log-entry.ts'

/** What `q` may name, in the API's words. */
export const searchableFields = [
  'client_id',
  'client_name',
  'connection',
  'connection_id',
  'date',
  'description',
  'hostname',
  'ip',
  'log_id',
  'organization_id',
  'strategy',
  'strategy_type',
  'type',
  'user_agent',
  'user_id',
  'user_name',
] as const
export type SearchableField = (typeof searchableFields)[number]

/** A query whose fields are known and whose dates are instants in ISO form. */
export interface LogSearch {
  query?: Query
  userId?: string
  order: 'newest-first' | 'oldest-first'
  offset: number
  limit: number
}

/** Of a search: what can be paged through. */
export const mostResults = 1_000

export interface LogStore {
  /**
   * Adds entries at the end, in their order, with ids larger than all before: whoever reads what came after an id misses
   * none. Entries of a tenant that is gone are dropped.
   */
  append(tenant: string, entries: readonly NewLogEntry[]): Promise<void>
  find(tenant: string, id: string): Promise<LogEntry | undefined>
  /** Those with larger ids, in their order; without an id from the beginning. */
  after(tenant: string, id: string | undefined, limit: number): Promise<LogEntry[]>
  /** `undefined` when there is none. */
  lastId(tenant: string): Promise<string | undefined>
  /** `total` counts up to `mostResults`, and nothing beyond is found. */
  search(tenant: string, search: LogSearch): Promise<{ items: LogEntry[]; total: number }>
}
