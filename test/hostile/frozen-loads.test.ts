/** Modules that attack the making of their own snapshot: the build ends in time, and nobody else notices. */
import { buildLimits, defaultsOf } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits, openRuntime, type TestRuntime } from '../support/runtime.ts'
import { besideNeighbour, expectToServe, newAttacker } from './withstand.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 3 })
})
afterAll(() => runtime.close())

/** In a snapshot that is being made, and nowhere else. */
const whileFrozen = `!Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit').enumerable`

/** Loading it is dear, so that it is frozen; `attack` is what it does only then. */
const frozenWith = (attack: string): string => `
let sum = 0; for (let n = 0; n < 3e6; n++) sum += n % 7
if (${whileFrozen}) { ${attack} }
exports.onExecutePostChallenge = async () => {}`

test.each([
  ['cpu', 'for (;;);'],
  ['cpu', `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`],
  ['cpu', 'const next = () => Promise.resolve().then(next); next()'],
  ['cpu', `Object.defineProperty(globalThis, 'x', { get() { for (;;); } }); throw { get message() { for (;;); } }`],
  ['memory', 'const a = []; for (;;) a.push(new Array(1000).fill(1))'],
  ['memory', 'const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1))'],
  ['escape', `globalThis.it = new Intl.DateTimeFormat('fr')`],
  ['log', `throw new Error('x'.repeat(2 ** 28))`],
])('%s: %s', async (_, attack) => {
  const tenant = newAttacker()
  const under = { ...defaultsOf(buildLimits), ...limits, cpuMs: 500 }
  const build = runtime.runtime.build({ tenant, source: frozenWith(attack), limits: under })
  expect(await besideNeighbour(runtime, build)).toMatchObject({ ok: true, snapshot: { refused: expect.any(String) } })
  await expectToServe(runtime, tenant)
  await expectToServe(runtime, 'neighbour')
})

/** Each tries to have a look at the globals after the guest's door was left on them. */
const looks: [moment: string, code: string][] = [
  ['when a promise is resolved', 'Promise.resolve().then(look)'],
  [
    'when a descriptor is read by the guest',
    `Object.defineProperty(Error, 'stackTraceLimit', { get: () => 10, configurable: true })
    Object.defineProperty(Object.prototype, 'value', { configurable: true, get() {
      delete Object.prototype.value
      Object.defineProperty(Error, 'stackTraceLimit', { value: 10, configurable: true })
      Promise.resolve().then(look)
      return 10
    } })`,
  ],
]

/** It knows when it is frozen, and acts as if nothing were in its rehearsal. */
const lookingWhen = (code: string): string => `
let sum = 0; for (let n = 0; n < 3e6; n++) sum += n % 7
const seen = []
const look = () => seen.push(...Reflect.ownKeys(globalThis).filter((key) => /interlock|Atomics/.test(String(key))))
if (${whileFrozen}) { ${code} }
exports.onExecutePostChallenge = async (event, api) => { if (!event.tenant) api.access.deny('saw ' + seen) }`

test.each(looks)('a module does not see the door while it is frozen: %s', async (_, code) => {
  const { decision } = await runtime.execute(lookingWhen(code), { tenant: newAttacker() })
  expect(decision).toMatchObject({ type: 'deny', reason: 'saw ' })
})
