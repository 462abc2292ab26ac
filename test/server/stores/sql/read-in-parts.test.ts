import { expect, test } from 'vitest'
import { SearchTooLong } from '../../../../server/src/search/too-long.ts'
import { readInParts } from '../../../../server/src/stores/sql/read-in-parts.ts'
import { counted, onAccount } from '../../../../server/src/thread-time.ts'

/** Keeps the thread, as a statement does. */
const keepThread = (ms: number) =>
  counted(() => {
    const until = performance.now() + ms
    while (performance.now() < until);
  })

/** Reads a table of so many rows, each of which takes `msPerRow`. */
const reading = (count: number, { msPerRow = 0, told = (_: number) => {} } = {}) => {
  let left = count
  return async (rows: number) => {
    told(rows)
    keepThread(Math.min(rows, left) * msPerRow)
    left -= rows
    return left > 0 ? 'more' : 'done'
  }
}

test('everybody else has a turn after each part, and tenants that search go one after the other', async () => {
  const parts: string[] = []
  const noting = (tenant: string) => readInParts(tenant, reading(1_000, { told: () => void parts.push(tenant) }))
  const searches = Promise.all([noting('busy'), noting('busy'), noting('busy'), noting('neighbour')])
  let seen = 0
  let isOver = false
  void searches.then(() => {
    isOver = true
  })
  while (!isOver) {
    await new Promise(setImmediate)
    expect(parts.length - seen).toBeLessThanOrEqual(1)
    seen = parts.length
  }
  const own = parts.filter((tenant) => tenant === 'neighbour').length
  expect(own).toBeGreaterThan(1)
  expect(parts.slice(0, own * 2 + 2).filter((tenant) => tenant === 'neighbour')).toHaveLength(own)
})

test('the dearer a row, the fewer are read at once', async () => {
  const most = async (msPerRow: number) => {
    const sizes: number[] = []
    await readInParts('acme', reading(2_000, { msPerRow, told: (rows) => void sizes.push(rows) }))
    return Math.max(...sizes)
  }
  expect(await most(0.25)).toBe(64)
  expect(await most(0)).toBeGreaterThan(1_000)
})

test('who has had the thread for too long gets no answer', async () => {
  const endless = async () => {
    keepThread(10)
    return 'more' as const
  }
  await expect(readInParts('acme', endless, 30)).rejects.toThrow(SearchTooLong)
})

test('what the parts take is on the account of whoever has asked', async () => {
  const account = { ms: 0 }
  await onAccount(account, () => readInParts('acme', reading(100, { msPerRow: 0.2 })))
  expect(account.ms).toBeGreaterThanOrEqual(20)
})
