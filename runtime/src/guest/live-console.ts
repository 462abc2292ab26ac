/**
 * Tells the host what is printed while the run is under way. A call to the host costs more than a line: the first ones go at
 * once, of a flood several together. What waits goes when the code comes to rest, and at the end of the run.
 */
import type { ConsoleLine, LiveLine } from '../bridge/outcome.ts'
import { askForAnswer } from './host-call.ts'
import { add, bare, createList, type List, min, now } from './primordials.ts'

export interface LiveConsole {
  /** `lines` has one more. */
  added(): void
  /** Tells what was not told yet. */
  flush(): void
}

export const createLiveConsole = (lines: List<ConsoleLine>): LiveConsole => {
  const times = createList<number>()
  let told = 0
  let calls = mostCallsAtOnce
  let countedAt = now()
  let isHeard = true

  const mayCall = (time: number): boolean => {
    calls = min(mostCallsAtOnce, calls + (time - countedAt) / msPerCall)
    countedAt = time
    return calls >= 1
  }

  const flush = () => {
    if (!isHeard || told === lines.length) return
    calls -= 1
    const untold = createList<LiveLine>()
    for (let index = told; index < lines.length; index++) {
      const { level, text } = lines[index] as ConsoleLine
      add(untold, bare({ level, text, at: times[index] as number }))
    }
    // What comes after lines that were not taken would be out of order: the report has all of them.
    isHeard = askForAnswer({ call: 'console.print', first: told, lines: untold as LiveLine[] }).ok
    told += untold.length
  }

  return {
    added: () => {
      const time = now()
      add(times, time)
      if (mayCall(time)) flush()
    },
    flush,
  }
}

/** A call takes some 30 µs: a burst takes a millisecond of the run, and a flood a three-hundredth. */
const mostCallsAtOnce = 32
const msPerCall = 10
