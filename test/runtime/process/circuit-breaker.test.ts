import { beforeEach, expect, test } from 'vitest'
import { CircuitBreaker } from '../../../runtime/src/process/circuit-breaker.ts'

let clock: number
let seen: string[]
let breaker: CircuitBreaker

beforeEach(() => {
  clock = 0
  seen = []
  breaker = new CircuitBreaker(
    {
      breakerOpened: ({ tenant, forMs }) => void seen.push(`${tenant} ${forMs}`),
      breakerClosed: (tenant) => void seen.push(`${tenant} closed`),
    },
    () => clock,
  )
})

const lose = (times: number, tenant = 'mallory') => {
  for (let n = 0; n < times; n++) breaker.lost(tenant)
}
const passes = (tenant = 'mallory') => breaker.pass(tenant).ok
/** Lets the run that is due on trial end as told. */
const tryOut = (ending: 'completed' | 'crashed' | 'canceled') => {
  const passage = breaker.pass('mallory')
  if (!passage.ok) throw new Error('nobody passes')
  passage.ended?.(ending)
}

test('four losses are borne, the fifth within a minute opens it', () => {
  lose(4)
  expect(passes()).toBe(true)
  expect(breaker.lost('mallory')).toContain('5 times within 60 s')
  expect(passes()).toBe(false)
  expect(seen).toEqual(['mallory 1000'])
})

test('losses that lie a minute back do not count', () => {
  lose(4)
  clock += 60_000
  lose(4)
  expect(passes()).toBe(true)
})

test('another tenant never feels it', () => {
  lose(50)
  expect(passes('neighbour')).toBe(true)
})

test('after the back-off one run passes on trial and no other beside it', () => {
  lose(5)
  clock += 1_000
  expect([passes(), passes(), passes()]).toEqual([true, false, false])
})

test('a trial that ends by itself closes it', () => {
  lose(5)
  clock += 1_000
  tryOut('completed')
  expect([passes(), passes()]).toEqual([true, true])
  expect(seen).toEqual(['mallory 1000', 'mallory closed'])
})

test('the back-off doubles with each trial that is lost, up to a minute, and starts over once it was closed', () => {
  lose(5)
  for (let n = 0; n < 8; n++) {
    clock += 60_000
    tryOut('crashed')
  }
  clock += 60_000
  tryOut('completed')
  lose(5)
  const openings = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]
  expect(seen).toEqual([...openings.map((forMs) => `mallory ${forMs}`), 'mallory closed', 'mallory 1000'])
})

test('a trial that was canceled decides nothing: the next run is on trial', () => {
  lose(5)
  clock += 1_000
  tryOut('canceled')
  expect(seen).toEqual(['mallory 1000'])
  expect([passes(), passes()]).toEqual([true, false])
})

test('the refusal says what happened and for how long', () => {
  lose(5)
  expect(breaker.pass('mallory')).toEqual({
    ok: false,
    message:
      'Sandbox processes of this tenant were lost 5 times within 60 s: its runs are refused for 1 s at a time, until one ends by itself.',
  })
})
