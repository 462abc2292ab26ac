/** Sandbox processes that die or must be killed: their runs are answered at once, and the next run works. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGate, patient, waitsAtGate } from '../support/gate.ts'
import { executing, openRuntime, type TestRuntime } from '../support/runtime.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 1 })
  for (const source of [nothing, waits, stuckLater]) await runtime.build(source)
})
afterAll(() => runtime.close())

const nothing = executing('')
const waits = executing(`await new Promise((done) => setTimeout(done, 20_000))`)

const stuckLater = executing(
  `await new Promise((done) => setTimeout(done, 50))\nArray.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`,
)

/** Kills every living process; the tenant's is among them. */
const killAll = () => {
  for (const pid of runtime.living) process.kill(pid, 'SIGKILL')
}

test('kill -9 in the middle of a run ends it at once with crashed, and the next run works', async () => {
  await runtime.execute(nothing)
  const lost = runtime.execute(waits)
  await runtime.execute(nothing)
  const killedAt = performance.now()
  killAll()
  const { decision, runs } = await lost
  expect(decision).toEqual({ type: 'fail', ending: 'crashed', action: 0 })
  expect(runs[0]?.error?.stack).toContain('action.js:1:')
  // Far from the 20 s it would have waited.
  expect(performance.now() - killedAt).toBeLessThan(10_000)
  expect((await runtime.execute(nothing)).decision).toEqual({ type: 'proceed' })
})

test('fifty runs in flight are all answered when their process is killed', async () => {
  await runtime.execute(nothing)
  const lost = Array.from({ length: 50 }, () => runtime.execute(waits))
  await runtime.execute(nothing)
  killAll()
  const endings = (await Promise.all(lost)).map(({ decision }) => (decision.type === 'fail' ? decision.ending : ''))
  expect(endings).toEqual(Array(50).fill('crashed'))
})

test('a run beside one that gets stuck crashes with the process; the stuck one is named for what it did', async () => {
  await runtime.execute(nothing)
  const beside = runtime.execute(waits)
  const guilty = runtime.execute(stuckLater, { limits: { cpuMs: 200 } })
  expect((await guilty).decision).toEqual({ type: 'fail', ending: 'exceeded-cpu', action: 0 })
  expect((await beside).decision).toEqual({ type: 'fail', ending: 'crashed', action: 0 })
})

test('a process is replaced after a bad ending, not kept', async () => {
  await runtime.execute(nothing)
  await runtime.execute(executing('while (true);'), { limits: { cpuMs: 50 } })
  await expect.poll(() => runtime.ended.at(-1)).toMatchObject({ tenant: 'acme', reason: 'recycled' })
  expect((await runtime.execute(nothing)).decision).toEqual({ type: 'proceed' })
})

test('a tenant that spends one process after the other keeps nobody from a place, and its runs that wait', async () => {
  const gate = createGate()
  const crowded = await openRuntime({ processes: 2, egress: gate.egress })
  try {
    const spends = executing(`const a = []; for (;;) a.push(new Array(1000).fill(1))`)
    const given = { tenant: 'mallory', limits: { ...patient, heapMb: 16 } }
    const waiting = []
    for (let taken = 1; taken <= 3; taken++) {
      waiting.push(crowded.execute(waitsAtGate, given))
      await expect.poll(() => gate.waiting.length, { timeout: 20_000 }).toBe(taken)
      expect((await crowded.execute(spends, given)).runs[0]?.ending).toBe('exceeded-heap')
    }
    expect((await crowded.execute(nothing, { tenant: 'neighbour' })).decision).toEqual({ type: 'proceed' })
    gate.openFor('all')
    for (const run of waiting) expect((await run).decision).toEqual({ type: 'proceed' })
  } finally {
    await crowded.close()
  }
})
