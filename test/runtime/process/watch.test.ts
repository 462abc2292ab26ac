/** What the watch makes of what the system says, whoever asks it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { VitalSigns } from '../../../runtime/src/process/vital-signs.ts'
import { createWatch, type Watch } from '../../../runtime/src/process/watch.ts'

let signs: VitalSigns | undefined
let isWorking: boolean
let ended: string[]
let watch: Watch
/** Whether the process answers its pings. */
let answers: boolean

beforeEach(() => {
  vi.useFakeTimers()
  signs = { cpuMs: 0, threadMs: 0, residentBytes: 0 }
  isWorking = true
  answers = false
  ended = []
  watch = createWatch(
    {
      pid: 1,
      allowance: () => (isWorking ? { cpuMs: 300, residentBytes: 1_000 } : undefined),
      ping: () => answers && watch.signOfLife(),
      overstayed: (why) => void ended.push(why),
    },
    () => signs,
  )
  watch.start()
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

/** Lets time pass, of which the process burns a share with its first thread, and another with the others. */
const pass = (ms: number, share = 0, othersShare = 0) => {
  for (let at = 0; at < ms; at += 5) {
    if (signs) {
      const { cpuMs, threadMs } = signs
      signs = { ...signs, cpuMs: cpuMs + 5 * (share + othersShare), threadMs: threadMs + 5 * share }
    }
    vi.advanceTimersByTime(5)
  }
}

/** Its limit is 300 ms, and 25 more pass before the first look. */
test.each([
  ['on a quiet machine', 1],
  ['where it gets half of a processor', 0.5],
])('who is stuck %s is gone 200 ms after its processor time is over', (_, share) => {
  pass(25 + 300 / share, share)
  expect(ended).toEqual([])
  pass(200, share)
  expect(ended).toEqual(['exceeded-cpu'])
})

test('who is starved gets enough of the processor to end its run by itself, and no more', () => {
  pass(25 + 300 / 0.05 + 900, 0.05)
  expect(ended).toEqual([])
  pass(150, 0.05)
  expect(ended).toEqual(['exceeded-cpu'])
})

test('who is starved before its processor time is over may take as long as it needs', () => {
  pass(20_000, 0.01)
  expect(ended).toEqual([])
})

test('who can still end its run by itself has the time to', () => {
  pass(450, 1)
  answers = true
  pass(50, 1)
  answers = false
  pass(300, 1)
  expect(ended).toEqual([])
})

test('other threads than the guest’s are not its own, up to a bound', () => {
  pass(300, 0.5, 1)
  expect(ended).toEqual([])
  pass(100, 0.5, 1)
  expect(ended).toEqual(['exceeded-cpu'])
})

test('who answers may use as much again each time', () => {
  answers = true
  pass(5_000, 1)
  expect(ended).toEqual([])
})

test('who holds too much is found at the next look', () => {
  signs = { cpuMs: 0, threadMs: 0, residentBytes: 1_001 }
  pass(30)
  expect(ended).toEqual(['exceeded-memory'])
})

test('who burns after its work is found out, and nobody is told twice', () => {
  isWorking = false
  answers = true
  pass(5_000, 1)
  expect(ended).toEqual(['not-idle'])
})

test('who gets next to no processor on a busy machine has time to answer', () => {
  isWorking = false
  pass(5_000, 0.05)
  answers = true
  pass(5_000, 0.05)
  expect(ended).toEqual([])
})

test('who burns as much as a busy machine lets it is found out', () => {
  isWorking = false
  answers = true
  pass(3_500, 0.25)
  expect(ended).toEqual(['not-idle'])
})

test('who neither burns nor answers goes in the end', () => {
  isWorking = false
  pass(9_900)
  expect(ended).toEqual([])
  pass(200)
  expect(ended).toEqual(['not-idle'])
})

test('who is quiet after its work is left alone, and found on patrol when it begins to burn', () => {
  isWorking = false
  answers = true
  pass(60_000)
  expect(ended).toEqual([])
  pass(4_000, 0.5)
  expect(ended).toEqual(['not-idle'])
})

test('where the system says nothing, nothing is held against anybody', () => {
  signs = undefined
  pass(5_000)
  isWorking = false
  answers = true
  pass(5_000)
  expect(ended).toEqual([])
})

test('what becomes known late is no burning', () => {
  signs = undefined
  isWorking = false
  answers = true
  pass(1_000)
  signs = { cpuMs: 60_000, threadMs: 60_000, residentBytes: 0 }
  pass(10_000)
  expect(ended).toEqual([])
})
