/**
 * What was said of packages a moment ago: saving an action, building it and saving it again ask the same. Bounded by the
 * size of the answers, oldest out first.
 */
import type { Packument } from './manifest.ts'

const freshMs = 60_000
const mostBytes = 67_108_864

interface Entry {
  packument: Packument
  bytes: number
  until: number
}

export interface RecentPackuments {
  find(name: string): Packument | undefined
  keep(name: string, packument: Packument, bytes: number): void
}

export const createRecentPackuments = (): RecentPackuments => {
  const entries = new Map<string, Entry>()
  let total = 0

  const drop = (name: string): void => {
    total -= entries.get(name)?.bytes ?? 0
    entries.delete(name)
  }

  return {
    find(name) {
      const entry = entries.get(name)
      return entry !== undefined && entry.until > performance.now() ? entry.packument : undefined
    },
    keep(name, packument, bytes) {
      drop(name)
      entries.set(name, { packument, bytes, until: performance.now() + freshMs })
      total += bytes
      for (const oldest of entries.keys()) {
        if (total <= mostBytes) break
        drop(oldest)
      }
    },
  }
}
