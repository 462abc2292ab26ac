import { expect, test } from 'vitest'
import { parseCollected, parseRemains } from '../../../runtime/src/isolate/collected.ts'

test('what the door promises is read', () => {
  const nothing = {
    timers: [],
    clearedTimers: [],
    requests: [],
    abandonedRequests: [],
    ticks: false,
    lateErrors: [],
    lateErrorsLeftOut: 0,
  }
  expect(parseCollected('{}')).toEqual(nothing)
  const settled = { ending: 'completed', commands: [] }
  const timers = [{ id: 1, delayMs: 0.5 }]
  const requests = [{ id: 1, method: 'GET' }]
  const lateErrors = [{ name: 'Error', message: 'late', stack: 'Error: late' }]
  const everything = {
    timers,
    clearedTimers: [2],
    requests,
    ticks: true,
    abandonedRequests: [3],
    lateErrors,
    lateErrorsLeftOut: 2,
    settled,
  }
  expect(parseCollected(JSON.stringify(everything))).toEqual(everything)
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
  '{"requests":{}}',
  '{"requests":[{"id":"1"}]}',
  '{"abandonedRequests":[null]}',
  '{"lateErrors":[{"name":"Error"}]}',
  '{"lateErrors":[{"name":"Error","message":"","stack":7}]}',
  '{"settled":"completed"}',
  `{"x":"${'x'.repeat(26_000_000)}"}`,
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
