/** What every live log promises. `one` and `two` may be two servers. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ConsoleNews } from '../../server/src/logs/console-news.ts'
import type { LiveLog } from '../../server/src/logs/live-log.ts'

export interface LiveLogs {
  one: LiveLog
  two: LiveLog
  close(): Promise<void>
}

export const aLine = (text: string): ConsoleNews => ({
  type: 'printed',
  line: {
    ...{ executionId: 'e', actionId: 'a', actionName: 'greet', versionId: 'v', handler: 'onExecutePostChallenge' },
    ...{ startedAt: 1, index: 0, at: 2, level: 'log', text },
  },
})

export const liveLogContract = (open: () => Promise<LiveLogs>) => {
  let logs: LiveLogs
  beforeEach(async () => {
    logs = await open()
  })
  afterEach(() => logs.close())

  test('who follows hears, from then on and in order, of that tenant and topic; and nothing once they have stopped', async () => {
    const { one, two } = logs
    const heard: unknown[] = []
    await one.tell('acme', 'console', [aLine('before')])
    const stop = await two.follow('acme', 'console', (news) => heard.push(...news))
    await one.tell('acme', 'stored', null)
    await one.tell('other', 'console', [aLine('foreign')])
    for (const text of ['first', 'second', 'third']) await one.tell('acme', 'console', [aLine(text)])
    await vi.waitFor(() => expect(heard).toHaveLength(3))
    expect(heard).toEqual(['first', 'second', 'third'].map(aLine))
    stop()
    const last: unknown[] = []
    await two.follow('acme', 'console', (news) => last.push(...news))
    await one.tell('acme', 'console', [aLine('after')])
    await vi.waitFor(() => expect(last).toEqual([aLine('after')]))
    expect(heard).toHaveLength(3)
  })

  test('every server knows whose console is followed, while it is', async () => {
    const { one, two } = logs
    const isFollowed = (tenant: string) => [one, two].map((log) => log.isConsoleFollowed(tenant))
    expect(isFollowed('acme')).toEqual([false, false])
    const stops = [await two.follow('acme', 'console', () => {}), await two.follow('acme', 'console', () => {})]
    await one.follow('other', 'stored', () => {})
    await vi.waitFor(() => expect(isFollowed('acme')).toEqual([true, true]))
    expect(isFollowed('other')).toEqual([false, false])
    stops[0]?.()
    expect(isFollowed('acme')).toEqual([true, true])
    stops[1]?.()
    await vi.waitFor(() => expect(isFollowed('acme')).toEqual([false, false]))
  })
}
