import { expect, test, vi } from 'vitest'
import { createPsReader, readVitalSigns } from '../../../runtime/src/process/vital-signs.ts'

/** What a reader knows once `ps` has answered. */
const answered = async (line: string) => {
  const read = createPsReader(async () => line)
  expect(read(1)).toBeUndefined()
  await Promise.resolve()
  return read(1)
}

test.each([
  ['  4168 00:00:07\n', { cpuMs: 7_000, threadMs: 7_000, residentBytes: 4_168 * 1_024 }],
  [' 51200   0:01.25\n', { cpuMs: 1_250, threadMs: 1_250, residentBytes: 51_200 * 1_024 }],
  ['1024 01:02:03', { cpuMs: 3_723_000, threadMs: 3_723_000, residentBytes: 1_048_576 }],
  ['1024 2-00:00:01', { cpuMs: 172_801_000, threadMs: 172_801_000, residentBytes: 1_048_576 }],
])('ps says %j', async (line, signs) => {
  expect(await answered(line)).toEqual(signs)
})

test.each(['', 'no such process', '1024 <defunct>'])('nothing is made of %j', async (line) => {
  expect(await answered(line)).toBeUndefined()
})

test('ps is asked four times a second at most, and forgotten with its process', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  let asked = 0
  const read = createPsReader(async () => {
    asked += 1
    if (asked === 3) throw new Error('gone')
    return `1024 00:00:0${asked}`
  })
  for (let n = 0; n < 100; n++) read(1)
  expect(asked).toBe(1)
  vi.advanceTimersByTime(250)
  read(1)
  await Promise.resolve()
  expect([asked, read(1)?.cpuMs]).toEqual([2, 2_000])
  vi.advanceTimersByTime(250)
  read(1)
  await vi.waitFor(() => expect(asked).toBe(3))
  await Promise.resolve()
  expect(read(1)).toBeUndefined()
  vi.useRealTimers()
})

test.runIf(process.platform !== 'win32')('the real ps and what this system reads by itself agree', async () => {
  const read = createPsReader()
  await expect.poll(() => read(process.pid)?.residentBytes).toBeGreaterThan(10_000_000)
  await expect.poll(() => readVitalSigns(process.pid)?.residentBytes).toBeGreaterThan(10_000_000)
})

test.runIf(process.platform === 'linux')('what one thread takes is no more than what all take', () => {
  const { cpuMs = 0, threadMs = 0 } = readVitalSigns(process.pid) ?? {}
  expect(threadMs).toBeGreaterThan(0)
  // Ticks of 10 ms on the one side, each kind of time by itself.
  expect(threadMs).toBeLessThan(cpuMs + 20)
})
