import { expect, test } from 'vitest'
import { parseCollected, parseRemains } from '../../../runtime/src/isolate/collected.ts'

test('what the door promises is read', () => {
  expect(parseCollected('{}')).toEqual({ timers: [], clearedTimers: [] })
  const settled = { ending: 'completed', commands: [] }
  const text = JSON.stringify({ timers: [{ id: 1, delayMs: 0.5 }], clearedTimers: [2], settled })
  expect(parseCollected(text)).toEqual({ timers: [{ id: 1, delayMs: 0.5 }], clearedTimers: [2], settled })
})

test.each([
  undefined,
  null,
  7,
  {},
  '',
  'null',
  '[]',
  '{',
  '{"timers":{}}',
  '{"timers":[{}]}',
  '{"timers":[{"id":1,"delayMs":null}]}',
  '{"timers":[{"id":1.5,"delayMs":1}]}',
  '{"clearedTimers":["1"]}',
  '{"settled":"completed"}',
  `{"x":"${'x'.repeat(9_000_000)}"}`,
])('anything else is broken: %.40j', (value) => {
  expect(parseCollected(value)).toBeUndefined()
})

test('remains that cannot be read are none', () => {
  expect(parseRemains('{"console":[{"level":"log","text":"x"}],"consoleTruncated":true}')).toEqual({
    console: [{ level: 'log', text: 'x' }],
    consoleTruncated: true,
  })
  expect(parseRemains('{"console":1}')).toEqual({ console: [], consoleTruncated: false })
  expect(parseRemains(undefined)).toEqual({ console: [], consoleTruncated: false })
})
