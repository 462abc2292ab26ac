/** Lines on their way to who follows them: bounded whatever is printed and whoever is slow, and honest about what is missing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createConsoleFeed } from '../../../server/src/logs/console-feed.ts'
import { type ConsoleNews, linesIn, type PrintedLine } from '../../../server/src/logs/console-news.ts'
import { createLocalLiveLog } from '../../../server/src/logs/live-log.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const run = { executionId: 'e', actionId: 'a', actionName: 'greet', versionId: 'v', handler: 'onExecutePostChallenge' }
const toLines = (texts: readonly string[]): PrintedLine[] =>
  texts.map((text, index) => ({ ...run, startedAt: 1, at: 2, level: 'log', text, index }))
const many = (count: number, text = '') => toLines(Array.from({ length: count }, (_, index) => `${index} ${text}`))

/** Whoever follows takes a batch only when the test lets them. */
const heldBack = () => {
  const taken: ConsoleNews[][] = []
  let release: ((isTold: boolean) => void) | undefined
  return {
    taken,
    tell: (_tenant: string, _topic: string, news: unknown) => {
      taken.push(news as ConsoleNews[])
      return new Promise<boolean>((resolve) => {
        release = resolve
      })
    },
    isConsoleFollowed: () => true,
    /** Lets the batch go that is under way; the next one follows after the pause. */
    letGo: async (isTold = true) => {
      release?.(isTold)
      await vi.advanceTimersByTimeAsync(50)
    },
  }
}

const textsIn = (batches: readonly ConsoleNews[][]) =>
  batches.flat().map((news) => (news.type === 'printed' ? news.line.text : `${news.lines} dropped`))

test('a line goes at once, what comes after it within the pause goes together, and in order', async () => {
  const held = heldBack()
  const feed = createConsoleFeed(held)
  feed.print('acme', toLines(['first']))
  feed.print('acme', toLines(['second']))
  feed.print('acme', toLines(['third', 'fourth']))
  expect(textsIn(held.taken)).toEqual(['first'])
  await held.letGo()
  expect(held.taken.map((batch) => textsIn([batch]))).toEqual([['first'], ['second', 'third', 'fourth']])
})

test('of a flood so much at a time is told as can be read, whatever its lines are like', async () => {
  const held = heldBack()
  const feed = createConsoleFeed(held)
  feed.print('acme', many(1_000))
  feed.print('acme', toLines(['x'.repeat(100_000), 'behind']))
  for (let round = 0; round < 20; round++) await held.letGo()
  expect(textsIn(held.taken)).toHaveLength(1_002)
  expect(Math.max(...held.taken.map(({ length }) => length))).toBeLessThanOrEqual(128)
})

test('while nobody takes them a bounded number waits; the rest is counted, and told at its place', async () => {
  const held = heldBack()
  const feed = createConsoleFeed(held)
  feed.print('acme', toLines(['first']))
  for (let round = 0; round < 100; round++) feed.print('acme', many(1_000, 'x'.repeat(1_000)))
  const waiting = () => textsIn(held.taken)
  for (let round = 0; round < 40; round++) await held.letGo()
  expect(waiting().length).toBeLessThan(500)
  expect(linesIn(held.taken.flat())).toBe(100_001)
  const marker = waiting().findIndex((text) => text.endsWith('dropped'))
  expect(marker).toBe(waiting().length - 1)
  feed.print('acme', toLines(['afterwards']))
  for (let round = 0; round < 3; round++) await held.letGo()
  expect(waiting().at(-1)).toBe('afterwards')
})

test('what could not be told counts as dropped, before what comes after it', async () => {
  const held = heldBack()
  const feed = createConsoleFeed(held)
  feed.print('acme', toLines(['lost', 'lost too']))
  feed.print('acme', toLines(['kept']))
  await held.letGo(false)
  expect(textsIn(held.taken.slice(1))).toEqual(['2 dropped', 'kept'])
})

test('a tenant who floods holds nobody else back', async () => {
  const held = heldBack()
  const feed = createConsoleFeed(held)
  feed.print('noisy', many(10_000))
  feed.print('quiet', toLines(['one line']))
  expect(held.taken.map((batch) => textsIn([batch]).at(-1))).toContain('one line')
})

test('who leaves takes what waits with them: a later follower begins anew', async () => {
  const liveLog = createLocalLiveLog()
  const feed = createConsoleFeed(liveLog)
  const heard: ConsoleNews[][] = []
  expect(feed.isFollowed('acme')).toBe(false)
  const stop = await liveLog.follow('acme', 'console', (news) => heard.push([...news]))
  expect(feed.isFollowed('acme')).toBe(true)
  feed.print('acme', many(1_000))
  stop()
  await vi.advanceTimersByTimeAsync(50)
  await liveLog.follow('acme', 'console', (news) => heard.push([...news]))
  feed.print('acme', toLines(['anew']))
  expect(textsIn(heard.slice(1))).toEqual(['anew'])
})
