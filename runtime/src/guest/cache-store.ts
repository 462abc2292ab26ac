/** The tenant's cache for this trigger as the run sees it: a local copy, with its own writes applied at once. */
import type { CacheRecord } from '../bridge/command.ts'
import { bare, deleteProperty, keys, now } from './primordials.ts'
import { byteLength } from './utf8.ts'

export interface CacheStore {
  /** Takes over what the tenant's cache holds; it is empty before. */
  fill(contents: Record<string, CacheRecord>): void
  /** A copy of the record; `undefined` when there is none or its time is over. */
  get(key: string): CacheRecord | undefined
  set(key: string, record: CacheRecord): void
  delete(key: string): void
  /** Entries and bytes (keys and values, UTF-8) of everything but `key`. */
  sizeWithout(key: string): { entries: number; bytes: number }
}

const copyOf = ({ value, expires_at }: CacheRecord): CacheRecord => ({ value, expires_at })

export const createCacheStore = (): CacheStore => {
  let records: Record<string, CacheRecord> = bare({})

  const find = (key: string): CacheRecord | undefined => {
    const record = records[key]
    return record !== undefined && record.expires_at > now() ? record : undefined
  }

  return {
    fill: (contents) => {
      records = bare(contents)
    },
    get: (key) => {
      const record = find(key)
      return record && copyOf(record)
    },
    set: (key, record) => {
      records[key] = copyOf(record)
    },
    delete: (key) => {
      deleteProperty(records, key)
    },
    sizeWithout: (key) => {
      const names = keys(records)
      let entries = 0
      let bytes = 0
      for (let index = 0; index < names.length; index++) {
        const name = names[index] as string
        const record = name === key ? undefined : find(name)
        if (record === undefined) continue
        entries += 1
        bytes += byteLength(name) + byteLength(record.value)
      }
      return { entries, bytes }
    },
  }
}
