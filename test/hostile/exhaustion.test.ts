/** Actions that try to use up time, memory or output: each ends in time, and nobody else notices. */
import { afterAll, beforeAll, describe, test } from 'vitest'
import { openRuntime, type TestRuntime } from '../support/runtime.ts'
import type { Attack } from './attacks/attack.ts'
import { bridgeAttacks } from './attacks/bridge.ts'
import { cpuAttacks } from './attacks/cpu.ts'
import { logAttacks } from './attacks/log.ts'
import { memoryAttacks } from './attacks/memory.ts'
import { nativeAttacks } from './attacks/native.ts'
import { withstand } from './withstand.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 3 })
})
afterAll(() => runtime.close())

/** Clock time enough for a machine that does other things too; attacks on the clock get less. */
const limits = { cpuMs: 300, wallMs: 30_000, heapMb: 32 }

/** An attack that is meant to end at the wall clock need not wait long for it. */
const wallOf = ({ endings }: Attack) => (endings.includes('exceeded-wall') ? { wallMs: 1_000 } : {})

describe('cpu', () => {
  test.each(cpuAttacks)('$title: $source', (attack) => withstand(runtime, attack, { ...limits, ...wallOf(attack) }))
})

describe('memory', () => {
  test.each(memoryAttacks)('$title: $source', (attack) => withstand(runtime, attack, { ...limits, cpuMs: 10_000 }))
})

describe('log', () => {
  test.each(logAttacks)('$title: $source', (attack) => withstand(runtime, attack, { ...limits, cpuMs: 1_000 }))
})

describe('bridge', () => {
  test.each(bridgeAttacks)('$title: $source', (attack) => withstand(runtime, attack, { ...limits, cpuMs: 1_000 }))
})

describe('native calls', () => {
  test.each(nativeAttacks)('$title: $source', (attack) => withstand(runtime, attack, { ...limits, cpuMs: 1_000 }))
})
