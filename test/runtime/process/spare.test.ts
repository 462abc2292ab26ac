/** The spare on a system that cannot start one, for a while or for ever. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ProcessExit, SandboxProcess } from '../../../runtime/src/process/sandbox-process.ts'
import { Spare, type SpareFailure } from '../../../runtime/src/process/spare.ts'

const died: ProcessExit = { reason: 'exit', code: 1, signal: null, lastWords: 'no memory\n' }

let starts: { ready: () => void; gone: (exit: ProcessExit) => void }[]
let ended: string[]
let failures: SpareFailure[]
let spare: Spare

beforeEach(() => {
  vi.useFakeTimers()
  starts = []
  ended = []
  failures = []
  spare = new Spare({
    start: (outcome) => {
      starts.push(outcome)
      return { end: (reason) => void ended.push(reason) } satisfies Pick<SandboxProcess, 'end'> as SandboxProcess
    },
    ready: () => {},
    failed: (failure) => void failures.push(failure),
  })
})
afterEach(() => {
  spare.close()
  vi.useRealTimers()
})

const die = () => starts.at(-1)?.gone(died)

test('each try that fails makes the next one wait twice as long, up to ten seconds', () => {
  for (let n = 0; n < 10; n++) {
    die()
    vi.advanceTimersByTime(failures.at(-1)?.retryInMs ?? 0)
  }
  const waits = failures.map(({ retryInMs }) => retryInMs)
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000])
  expect(starts).toHaveLength(11)
})

test('nothing is tried before the wait is over', () => {
  die()
  die()
  vi.advanceTimersByTime(99)
  expect(starts).toHaveLength(1)
})

test('one that became ready begins the waits anew', () => {
  for (let n = 0; n < 5; n++) {
    die()
    vi.advanceTimersByTime(10_000)
  }
  starts.at(-1)?.ready()
  die()
  expect(failures.at(-1)).toEqual({ detail: 'no memory', retryInMs: 100 })
})

test('one that is not ready after ten seconds is ended', () => {
  vi.advanceTimersByTime(9_999)
  expect(ended).toEqual([])
  vi.advanceTimersByTime(1)
  expect(ended).toEqual(['exit'])
})

test('a closed one is not replaced', () => {
  spare.close()
  die()
  vi.advanceTimersByTime(60_000)
  expect([starts.length, failures]).toEqual([1, []])
})
