import type { Remains } from '../bridge/guest-door.ts'
import type { ConsoleLine } from '../bridge/outcome.ts'
import { createLiveConsole, type LiveConsole } from './live-console.ts'
import { add, bare, createList, max, slice } from './primordials.ts'
import { byteLength, cutToBytes } from './utf8.ts'

/** Empty lines cost no text, so their number needs a bound of its own. */
const maximumLines = 10_000

/** Keeps what was written, up to a number of bytes of UTF-8; what is beyond is cut and the cut is reported. */
export interface ConsoleSink {
  /** Earlier writes are dropped. `live`: lines are also told to the host as they are written. */
  open(maximumBytes: number, live?: true): void
  write(level: ConsoleLine['level'], text: string): void
  /** To be called when the code comes to rest. */
  flush(): void
  /** What was kept. Later writes are dropped. */
  seal(): Remains
}

export const createConsoleSink = (): ConsoleSink => {
  const lines = createList<ConsoleLine>()
  let left = 0
  let consoleTruncated = false
  let sealed = true
  let live: LiveConsole | undefined

  return {
    open: (maximumBytes, isLive) => {
      left = maximumBytes
      sealed = false
      if (isLive) live = createLiveConsole(lines)
    },
    write: (level, text) => {
      if (sealed || consoleTruncated) return
      if (lines.length >= maximumLines) {
        consoleTruncated = true
        return
      }
      // A character takes at least one byte: longer texts need not be walked to the end.
      const kept = cutToBytes(slice(text, 0, max(left, 0)), left)
      consoleTruncated = kept.length < text.length
      left -= byteLength(kept)
      if (kept === '' && text !== '') return
      add(lines, bare({ level, text: kept }))
      live?.added()
    },
    flush: () => live?.flush(),
    seal: () => {
      live?.flush()
      sealed = true
      return bare({ console: lines as ConsoleLine[], consoleTruncated })
    },
  }
}
