import { type FSWatcher, watch } from 'node:fs'
import { foldersToWatch } from './action-folder.ts'

/** Tells of changes once the writing has come to rest: editors save in several steps. Answers how to stop. */
export const watchFolder = (folder: string, changed: () => void): (() => void) => {
  const watchers = new Map<string, FSWatcher>()
  let rest: NodeJS.Timeout | undefined

  const notice = () => {
    clearTimeout(rest)
    rest = setTimeout(() => {
      openAll()
      changed()
    }, restMs)
  }
  const close = (place: string) => {
    watchers.get(place)?.close()
    watchers.delete(place)
  }
  /** New folders too. */
  const openAll = () => {
    for (const place of foldersToWatch(folder)) {
      if (watchers.has(place)) continue
      const watcher = watch(place, notice)
      // A folder that is removed is watched no longer.
      watcher.on('error', () => close(place))
      watchers.set(place, watcher)
    }
  }

  openAll()
  return () => {
    clearTimeout(rest)
    for (const place of [...watchers.keys()]) close(place)
  }
}

const restMs = 60
