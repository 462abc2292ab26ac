/** Runs of one tenant at the same time: how many, in which processes, and what becomes of those that are too many. */
import { availableParallelism } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { createGate, type Gate, patient, waitsAtGate } from '../../support/gate.ts'
import { executing, openRuntime, type TestRuntime } from '../../support/runtime.ts'

let gate: Gate
let runtime: TestRuntime
afterEach(() => runtime.close())

const nothing = executing('')
const proceeds = { decision: { type: 'proceed' } }

const start = async (processes: number) => {
  gate = createGate()
  runtime = await openRuntime({ processes, spares: 1, egress: gate.egress })
  for (const source of [nothing, waitsAtGate]) await runtime.build(source)
}

/** `count` runs that want to wait at the gate. */
const flood = (count: number, concurrentRuns: number, tenant = 'acme') =>
  Array.from({ length: count }, () => runtime.execute(waitsAtGate, { tenant, limits: { ...patient, concurrentRuns } }))

const waitingAtGate = () => gate.waiting.length
const processesOf = (tenant: string) => runtime.runtime.usage().processes.filter((one) => one.tenant === tenant)

test('runs beyond the limit wait for those under way, and for nothing else', async () => {
  await start(2)
  const runs = flood(3, 2)
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(2)
  expect(runtime.runtime.usage().waiting).toEqual(new Map([['acme', 1]]))
  gate.openFor('the-first')
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(2)
  expect(runtime.runtime.usage().waiting.size).toBe(0)
  gate.openFor('all')
  for (const run of runs) expect(await run).toMatchObject(proceeds)
})

test('a flood of one tenant delays no other: it is served while the flood stands still', async () => {
  await start(2)
  const runs = flood(300, 64)
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(64)
  for (let n = 0; n < 5; n++) expect(await runtime.execute(nothing, { tenant: 'neighbour' })).toMatchObject(proceeds)
  expect(waitingAtGate()).toBe(64)
  expect(runtime.runtime.usage().waiting).toEqual(new Map([['acme', 236]]))
  await runtime.close()
  expect((await Promise.all(runs)).map(({ decision }) => decision)).toEqual(
    Array(300).fill({ type: 'fail', ending: 'canceled', action: 0 }),
  )
})

test('a run that waits too long is throttled, which names the limit and what was reached', async () => {
  await start(1)
  const [held] = flood(1, 1)
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(1)
  const { decision, runs } = await runtime.execute(nothing, { limits: { concurrentRuns: 1 } })
  expect(decision).toEqual({ type: 'fail', ending: 'throttled', action: 0 })
  expect(runs[0]?.error).toMatchObject({
    code: 'ERR_RUN_THROTTLED',
    message: 'Runs of the tenant under way: 1 (limit "concurrentRuns"). This one has waited for 10 s.',
  })
  gate.openFor('all')
  expect(await held).toMatchObject(proceeds)
})

test('a queue that is full takes no more', async () => {
  await start(1)
  void flood(1_001, 1)
  await expect.poll(() => runtime.runtime.usage().waiting.get('acme'), { timeout: 20_000 }).toBe(1_000)
  const report = await runtime.run(nothing, { limits: { concurrentRuns: 1 } })
  expect(report).toMatchObject({
    ending: 'throttled',
    error: { message: 'Runs of the tenant under way: 1 (limit "concurrentRuns"). 1000 more wait already.' },
  })
})

test('a run that is canceled while it waits is gone at once', async () => {
  await start(1)
  void flood(1, 1)
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(1)
  const abort = new AbortController()
  const waiting = runtime.execute(nothing, { limits: { concurrentRuns: 1 }, signal: abort.signal })
  await expect.poll(() => runtime.runtime.usage().waiting.get('acme'), { timeout: 20_000 }).toBe(1)
  abort.abort()
  expect((await waiting).decision).toEqual({ type: 'fail', ending: 'canceled', action: 0 })
  expect(runtime.runtime.usage().waiting.size).toBe(0)
})

test('a tenant gets a second process when its first is full, and gives it up when another tenant needs a place', async () => {
  await start(2)
  const runs = flood(80, 128)
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(80)
  expect(processesOf('acme').map(({ runs }) => runs)).toEqual(expect.arrayContaining([64, 16]))

  expect(await runtime.execute(nothing, { tenant: 'neighbour' })).toMatchObject(proceeds)
  expect(processesOf('acme').map(({ state }) => state)).toEqual(expect.arrayContaining(['taking', 'leaving']))
  expect(runtime.ended.filter(({ tenant }) => tenant === 'acme')).toEqual([])

  gate.openFor('all')
  for (const run of runs) expect(await run).toMatchObject(proceeds)
  await expect.poll(() => runtime.ended, { timeout: 20_000 }).toMatchObject([{ tenant: 'acme', reason: 'evicted' }])
})

test('a queue that stands for its own limit keeps no other tenant from a second process', async () => {
  await start(3)
  void flood(3, 1, 'neighbour')
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(1)
  void flood(80, 128)
  await expect.poll(waitingAtGate, { timeout: 20_000 }).toBe(81)
  expect(processesOf('acme')).toHaveLength(2)
  expect(runtime.runtime.usage().waiting).toEqual(new Map([['neighbour', 2]]))
})

test('where there are two cores, a run does not wait for one that has the thread', async () => {
  await start(2)
  const order: string[] = []
  const burning = executing('while (true);')
  await runtime.build(burning)
  await expect.poll(() => runtime.runtime.usage().spares, { timeout: 20_000 }).toBe(1)
  const burner = runtime
    .execute(burning, { limits: { cpuMs: 20_000, wallMs: 60_000 } })
    .then(() => order.push('burner'))
  await expect.poll(() => processesOf('acme').map(({ state }) => state), { timeout: 20_000 }).toContain('busy')
  await runtime.execute(nothing).then(() => order.push('beside'))
  if (availableParallelism() === 1) await burner
  expect(order[0]).toBe(availableParallelism() > 1 ? 'beside' : 'burner')
})
