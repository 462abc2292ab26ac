/** How much the server listens to before it has judged a word of it. */
import { defaultsOf, runLimits } from '@interlock/runtime'
import { beforeEach, expect, test } from 'vitest'
import { createSpeech, type Speech } from '../../../runtime/src/process/speech.ts'

const limits = defaultsOf(runLimits)
const pong = '{"type":"pong"}'.length

let clock: number
let speech: Speech
beforeEach(() => {
  clock = 0
  speech = createSpeech(() => clock)
})

/** How many lines of this length are admitted in a row, up to a million. */
const admitted = (length: number): number => {
  let count = 0
  while (count < 1_000_000 && speech.admits(length)) count += 1
  return count
}

test('without a run there is room for signs of life, and no more', () => {
  expect(speech.admits(3_000_000)).toBe(false)
  const burst = admitted(pong)
  expect(burst).toBeGreaterThan(1_000)
  expect(burst).toBeLessThan(40_000)
})

test('what was used comes back with time, and never more than there was', () => {
  const burst = admitted(pong)
  clock += 100
  expect(admitted(pong)).toBeLessThan(burst)
  clock += 3_600_000
  expect(admitted(pong)).toBe(burst)
})

test('a run may leave the largest console, all of it escaped, and ask for all its requests', () => {
  speech.grant(limits)
  for (let n = 0; n < limits.egressRequests; n++) expect(speech.admits(6 * (262_144 + 16_384 + 8_192))).toBe(true)
  expect(speech.admits(6 * limits.outputBytes + 10_000 * 29 + 100_000)).toBe(true)
})

test('what a run has not used does not pile up for later', () => {
  for (let n = 0; n < 1_000; n++) {
    speech.grant(limits)
    speech.revoke(limits)
  }
  expect(admitted(pong)).toBeLessThan(40_000)
})

test('what one run uses is not taken from those beside it', () => {
  speech.grant(limits)
  speech.grant(limits)
  admitted(6 * limits.outputBytes)
  speech.revoke(limits)
  speech.grant(limits)
  expect(speech.admits(6 * limits.outputBytes)).toBe(true)
})
