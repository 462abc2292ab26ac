import { beforeEach, expect, test } from 'vitest'
import { Admission } from '../../../runtime/src/process/admission.ts'

let clock: number
let admission: Admission
beforeEach(() => {
  clock = 0
  admission = new Admission({}, () => clock)
})

/** How many of `count` runs in a row are admitted. */
const admitted = (count: number, runsPerMinute: number, tenant = 'acme') =>
  Array.from({ length: count }, () => admission.admit(tenant, runsPerMinute).ok).filter(Boolean).length

test('a burst may use the whole minute; the next run is refused by name and value', () => {
  expect(admitted(15, 10)).toBe(10)
  expect(admission.admit('acme', 10)).toEqual({
    ok: false,
    message: 'The tenant has started 10 runs within a minute (limit "runsPerMinute").',
  })
})

test('what was used comes back evenly, and never more than the limit', () => {
  admitted(10, 10)
  clock += 30_000
  expect(admitted(15, 10)).toBe(5)
  clock += 3_600_000
  expect(admitted(15, 10)).toBe(10)
})

test('one tenant uses up nothing of another', () => {
  admitted(20, 10)
  expect(admitted(10, 10, 'neighbour')).toBe(10)
})

test('a lower limit counts at once', () => {
  admitted(5, 10)
  expect(admitted(10, 2)).toBe(2)
})
