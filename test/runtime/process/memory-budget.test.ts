import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MemoryBudget } from '../../../runtime/src/process/memory-budget.ts'
import { readMemoryUse } from '../../../runtime/src/process/memory-use.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const first = { pid: 1 }
const second = { pid: 2 }

const open = (ownBytes: Map<number, number>) => {
  const weighed: [pid: number, bytes: number][] = []
  const budget = new MemoryBudget({
    limitBytes: 100,
    newcomerBytes: 25,
    weighed: ({ pid }: { pid: number }, bytes) => void weighed.push([pid, bytes]),
    read: (pid) => {
      const own = ownBytes.get(pid)
      return own === undefined ? undefined : { ownBytes: own, sharedBytes: 40 }
    },
  })
  return { budget, weighed }
}

test('what each process has of its own is added up, what all share counts once', () => {
  const { budget } = open(new Map([[1, 20]]).set(2, 30))
  budget.add(first)
  budget.add(second)
  expect(budget.usedBytes).toBe(95)
  expect(budget.isExceeded).toBe(false)
  budget.remove(second)
  expect(budget.usedBytes).toBe(65)
})

test('growth is seen with time, and told', () => {
  const ownBytes = new Map([[1, 20]]).set(2, 30)
  const { budget, weighed } = open(ownBytes)
  budget.add(first)
  budget.add(second)
  ownBytes.set(1, 50)
  vi.advanceTimersByTime(1_000)
  expect(budget.isExceeded).toBe(true)
  expect(weighed).toEqual([
    [1, 50],
    [2, 30],
  ])
  budget.close()
  vi.advanceTimersByTime(10_000)
  expect(weighed).toHaveLength(2)
})

test('a small newcomer counts for what it will take, until it is weighed in its turn', () => {
  const { budget } = open(new Map([[1, 10]]))
  budget.add(first)
  expect(budget.usedBytes).toBe(65)
  vi.advanceTimersByTime(1_000)
  expect(budget.usedBytes).toBe(50)
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
