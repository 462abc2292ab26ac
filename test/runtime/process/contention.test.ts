import { expect, test } from 'vitest'
import { parseTasks, toContention } from '../../../runtime/src/process/contention.ts'

test('reads what the system says of its tasks', () => {
  expect(parseTasks('8.20 3.18 1.12 5/380 11206\n')).toEqual({ lastMinute: 8.2, now: 5 })
})

test.each([
  ['a quiet machine', { lastMinute: 0.1, now: 1 }, 1],
  ['a machine that was busy and is quiet now', { lastMinute: 12, now: 2 }, 1],
  ['a moment of many tasks on a quiet machine', { lastMinute: 1, now: 30 }, 1],
  ['a machine that is somewhat busy', { lastMinute: 3.4, now: 3 }, 1.5],
  ['a machine that is very busy', { lastMinute: 40, now: 60 }, 16],
])('%s', (_, tasks, contention) => {
  expect(toContention(tasks, 2)).toBe(contention)
})
