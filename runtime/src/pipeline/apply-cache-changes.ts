/** The tenant's cache as the next action of a leg sees it, and the sizes the host holds it to whatever the guest says. */
import type { CacheRecord } from '../bridge/command.ts'
import type { CacheChange } from './execution-result.ts'

export type CacheContents = Record<string, CacheRecord>

/** `undefined` when the result is larger than a cache may be: an intact guest refuses before. */
export const applyCacheChanges = (cache: CacheContents, changes: readonly CacheChange[]): CacheContents | undefined => {
  const entries = new Map(Object.entries(cache))
  for (const change of changes) {
    if (change.type === 'delete') entries.delete(change.key)
    else entries.set(change.key, change.record)
  }
  const writes = changes.some(({ type }) => type === 'set')
  return writes && !fits(entries) ? undefined : Object.fromEntries(entries)
}

const fits = (entries: Map<string, CacheRecord>): boolean => {
  const live = [...entries].filter(([, { expires_at }]) => expires_at > Date.now())
  const bytes = live.reduce((sum, [key, { value }]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
  return live.length <= maximumEntries && bytes <= maximumBytes
}

const maximumEntries = 20
const maximumBytes = 8_192
