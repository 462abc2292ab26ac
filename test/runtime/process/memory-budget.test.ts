import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MemoryBudget } from '../../../runtime/src/process/memory-budget.ts'
import { readMemoryUse } from '../../../runtime/src/process/memory-use.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const first = { pid: 1 }
const second = { pid: 2 }
const megabyte = 1_048_576
/** What is added to the last blank process for whoever comes next. */
const firstWork = 8 * megabyte

/** Megabytes by pid. */
const open = (own: Map<number, number>, limitMb = 100) => {
  const weighed: [pid: number, megabytes: number][] = []
  const budget = new MemoryBudget({
    limitBytes: limitMb * megabyte,
    weighed: ({ pid }: { pid: number }, bytes) => void weighed.push([pid, bytes / megabyte]),
    read: (pid) => {
      const ownMb = own.get(pid)
      return ownMb === undefined ? undefined : { ownBytes: ownMb * megabyte, sharedBytes: 40 * megabyte }
    },
  })
  return { budget, weighed }
}

/** Has started, and done its first work. */
const join = (budget: MemoryBudget<{ pid: number }>, process: { pid: number }) => {
  budget.add(process)
  budget.blank(process)
  budget.worked(process)
}

test('what each process has of its own is added up, what all share counts once', () => {
  const { budget } = open(new Map([[1, 20]]).set(2, 30))
  join(budget, first)
  join(budget, second)
  vi.advanceTimersByTime(250)
  expect(budget.usedBytes).toBe(90 * megabyte)
  expect(budget.isExceeded).toBe(false)
  budget.remove(second)
  expect(budget.usedBytes).toBe(60 * megabyte)
  budget.close()
})

test('growth is seen soon after the work it comes from, and told', () => {
  const own = new Map([[1, 20]]).set(2, 30)
  const { budget, weighed } = open(own)
  join(budget, first)
  join(budget, second)
  vi.advanceTimersByTime(250)
  weighed.length = 0
  own.set(2, 50)
  budget.worked(second)
  vi.advanceTimersByTime(250)
  expect(budget.isExceeded).toBe(true)
  expect(weighed[0]).toEqual([2, 50])
  weighed.length = 0
  budget.close()
  vi.advanceTimersByTime(10_000)
  expect(weighed).toEqual([])
})

test('who works without an end has its turn beside many that have ended theirs', () => {
  const own = new Map(Array.from({ length: 40 }, (_, pid): [number, number] => [pid, 1]))
  const { budget, weighed } = open(own)
  const processes = [...own.keys()].map((pid) => ({ pid }))
  for (const process of processes) join(budget, process)
  for (let tick = 0; tick < 50; tick++) {
    vi.advanceTimersByTime(250)
    for (const process of processes.slice(1)) budget.worked(process)
  }
  expect(weighed.filter(([pid]) => pid === 0).length).toBeGreaterThan(2)
  budget.close()
})

test('who is starting counts before it has taken anything: for what a blank one takes and its first work', () => {
  const { budget } = open(new Map([[1, 20]]).set(2, 1))
  budget.add(first)
  budget.blank(first)
  budget.add(second)
  expect(budget.usedBytes).toBe(2 * (20 * megabyte + firstWork) + 40 * megabyte)
  vi.advanceTimersByTime(10_000)
  expect(budget.usedBytes).toBe(2 * (20 * megabyte + firstWork) + 40 * megabyte)
  budget.close()
})

test('there is room for whoever fits with its first work, and for no other', () => {
  const { budget } = open(new Map([[1, 20]]), 96)
  budget.add(first)
  budget.blank(first)
  expect([1, 2].map((newcomers) => budget.hasRoomFor(newcomers))).toEqual([true, false])
  budget.close()
})

test('a newcomer that takes more than that counts for all of it', () => {
  const own = new Map([[1, 20]])
  const { budget } = open(own)
  budget.add(first)
  budget.blank(first)
  own.set(1, 80)
  vi.advanceTimersByTime(250)
  expect(budget.usedBytes).toBe(120 * megabyte)
  budget.close()
})

test('where the system does not say what a process takes, nothing is counted', () => {
  const { budget } = open(new Map())
  budget.add(first)
  expect(budget.usedBytes).toBe(0)
})

test.runIf(process.platform === 'linux')('the system says what this process takes', () => {
  const { ownBytes = 0, sharedBytes = 0 } = readMemoryUse(process.pid) ?? {}
  expect(ownBytes).toBeGreaterThan(1_000_000)
  // The kernel notes a peak a little later than the pages.
  expect(ownBytes + sharedBytes).toBeLessThan(process.resourceUsage().maxRSS * 1_024 * 1.1)
})
