/**
 * The lines that actions print, on their way to who follows them.
 *
 * - a line goes at once; of a flood, many together and so much in a second, whatever the tenant prints
 * - what is beyond waits, up to a bound; what is beyond that is left out, and its number is told at its place
 * - nobody who prints is waited for, and nobody waits who prints
 */
import { type ConsoleNews, linesIn, type PrintedLine } from './console-news.ts'
import type { LiveLog } from './live-log.ts'

export interface ConsoleFeed {
  /** Whether anybody follows what the tenant's actions print: else it need not travel at all. */
  isFollowed(tenant: string): boolean
  /** Never throws and never waits. */
  print(tenant: string, lines: readonly PrintedLine[]): void
}

interface Queue {
  waiting: ConsoleNews[]
  /** Of all that waits. */
  weight: number
  /** Lines left out behind what waits. */
  dropped: number
}

/** In UTF-16 code units. */
const mostWaiting = 524_288
const mostAtOnce = 32_768
const pauseMs = 50
/** What a line takes beside its text. */
const frame = 256

const weightOf = (news: ConsoleNews): number => (news.type === 'printed' ? news.line.text.length : 0) + frame

const push = (queue: Queue, news: ConsoleNews): void => {
  queue.waiting.push(news)
  queue.weight += weightOf(news)
}

/** Says what was left out, where there is room for it or nothing comes before it. */
const tellDropped = (queue: Queue): void => {
  if (queue.dropped > 0) push(queue, { type: 'dropped', lines: queue.dropped })
  queue.dropped = 0
}

const add = (queue: Queue, lines: readonly PrintedLine[]): void => {
  for (const line of lines) {
    const news: ConsoleNews = { type: 'printed', line }
    if (queue.waiting.length > 0 && queue.weight + weightOf(news) > mostWaiting) queue.dropped += 1
    else {
      tellDropped(queue)
      push(queue, news)
    }
  }
}

const take = (queue: Queue): ConsoleNews[] => {
  let weight = 0
  const end = queue.waiting.findIndex((news) => {
    weight += weightOf(news)
    return weight >= mostAtOnce
  })
  const taken = queue.waiting.splice(0, end === -1 ? queue.waiting.length : end + 1)
  queue.weight -= weight
  return taken
}

const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, pauseMs).unref())

export const createConsoleFeed = (liveLog: Pick<LiveLog, 'tell' | 'isConsoleFollowed'>): ConsoleFeed => {
  const queues = new Map<string, Queue>()

  const pump = async (tenant: string, queue: Queue): Promise<void> => {
    while ((queue.waiting.length > 0 || queue.dropped > 0) && liveLog.isConsoleFollowed(tenant)) {
      if (queue.waiting.length === 0) tellDropped(queue)
      const taken = take(queue)
      const isTold = await liveLog.tell(tenant, 'console', taken)
      if (!isTold) {
        queue.waiting.unshift({ type: 'dropped', lines: linesIn(taken) })
        queue.weight += frame
      }
      await pause()
    }
    queues.delete(tenant)
  }

  return {
    isFollowed: liveLog.isConsoleFollowed,
    print: (tenant, lines) => {
      const known = queues.get(tenant)
      const queue = known ?? { waiting: [], weight: 0, dropped: 0 }
      add(queue, lines)
      if (known) return
      queues.set(tenant, queue)
      void pump(tenant, queue)
    },
  }
}
