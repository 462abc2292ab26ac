/** Actions that try to use up time, memory or output: each ends in time, and nobody else notices. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { executing, openRuntime, type TestRuntime } from '../support/runtime.ts'
import { type Attack, memoryAttacks, outputAttacks, timeAttacks } from './attacks.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime()
})
afterAll(() => runtime.close())

/** Clock time enough for a machine that does other things too; attacks on the clock get less. */
const limits = { cpuMs: 300, wallMs: 30_000, heapMb: 32 }
const honest = executing(`api.access.deny('ran')`)

const expectToServe = async (tenant: string) =>
  expect((await runtime.execute(honest, { tenant })).decision).toEqual({ type: 'deny', reason: 'ran', action: 0 })

afterEach(async () => {
  await expectToServe('mallory')
  await expectToServe('neighbour')
})

const attacking = async ({ source, endings }: Attack, given = limits) => {
  const neighbour = expectToServe('neighbour')
  const { decision, runs } = await runtime.execute(source, { tenant: 'mallory', limits: given })
  expect(endings).toContain(runs[0]?.ending)
  if (runs[0]?.ending !== 'completed') expect(decision).toMatchObject({ type: 'fail', ending: runs[0]?.ending })
  await neighbour
}

describe('time', () => {
  test.each(timeAttacks)('$title: $source', (attack) =>
    attacking(attack, { ...limits, wallMs: attack.endings.includes('exceeded-wall') ? 1_000 : limits.wallMs }),
  )
})

describe('memory', () => {
  test.each(memoryAttacks)('$title: $source', (attack) => attacking(attack, { ...limits, cpuMs: 10_000 }))
})

describe('output', () => {
  test.each(outputAttacks)('$title: $source', (attack) => attacking(attack, { ...limits, cpuMs: 2_000 }))
})
