/** Who has to give up a process when there are too many, or too little memory; and that nobody's run is cut off for it. */
import { afterEach, expect, test } from 'vitest'
import { createGate, type Gate, patient, waitsAtGate } from '../../support/gate.ts'
import { executing, openRuntime, type TestRuntime } from '../../support/runtime.ts'

let gate: Gate
let runtime: TestRuntime
afterEach(() => runtime.close())

const nothing = executing('')
const proceeds = { decision: { type: 'proceed' } }

const start = async (options: { processes: number; memoryMb?: number; spares?: number }, tenants: string[]) => {
  gate = createGate()
  runtime = await openRuntime({ ...options, egress: gate.egress })
  for (const tenant of tenants) for (const source of [nothing, waitsAtGate]) await runtime.build(source, tenant)
}

/** A run of the tenant that is under way when this resolves. */
const holdAtGate = async (tenant: string) => {
  const count = gate.waiting.length
  const held = runtime.execute(waitsAtGate, { tenant, limits: patient })
  await expect.poll(() => gate.waiting.length, { timeout: 20_000 }).toBeGreaterThan(count)
  return { held }
}

const endsOf = (tenant: string) => runtime.ended.filter((end) => end.tenant === tenant)

test('as many blank processes wait as were asked for, again after they were taken or killed', async () => {
  await start({ processes: 4, spares: 2 }, [])
  const expectTwo = () => expect.poll(() => runtime.runtime.usage().spares, { timeout: 20_000 }).toBe(2)
  await expectTwo()
  const tenants = ['a', 'b', 'c']
  const results = await Promise.all(tenants.map((tenant) => runtime.execute(nothing, { tenant })))
  expect(results.map(({ decision }) => decision.type)).toEqual(['proceed', 'proceed', 'proceed'])
  await expectTwo()
  for (const pid of [...runtime.living]) process.kill(pid, 'SIGKILL')
  await expect.poll(() => runtime.ended.length, { timeout: 20_000 }).toBe(5)
  await expectTwo()
})

test('a tenant that is never idle gives its place up to one that waits, and keeps its runs', async () => {
  await start({ processes: 1 }, ['a', 'b'])
  const { held } = await holdAtGate('a')
  expect(await runtime.execute(nothing, { tenant: 'b' })).toMatchObject(proceeds)
  expect(gate.waiting).toEqual(['a'])
  expect(await runtime.execute(nothing, { tenant: 'a' })).toMatchObject(proceeds)
  const before = endsOf('a')
  gate.openFor('all')
  expect(await held).toMatchObject(proceeds)
  await expect.poll(() => endsOf('a').length, { timeout: 20_000 }).toBe(before.length + 1)
  expect(new Set(endsOf('a').map(({ reason }) => reason))).toEqual(new Set(['evicted']))
})

test('where every place is held by tenants that always have runs under way, a further tenant is served', async () => {
  const busy = ['a', 'b', 'c']
  await start({ processes: 3 }, [...busy, 'late'])
  let isOver = false
  const decisions = new Set<string>()
  const brief = executing(`await new Promise((done) => setTimeout(done, 100))`)
  const keepBusy = async (tenant: string) => {
    do decisions.add((await runtime.execute(brief, { tenant })).decision.type)
    while (!isOver)
  }
  const load = busy.flatMap((tenant) => [keepBusy(tenant), keepBusy(tenant), keepBusy(tenant)])
  expect(await runtime.execute(nothing, { tenant: 'late' })).toMatchObject(proceeds)
  isOver = true
  await Promise.all(load)
  expect([...decisions]).toEqual(['proceed'])
})

test('a process that has served its time is left its last runs, also where the next one takes its place', async () => {
  await start({ processes: 1 }, ['a'])
  const { held } = await holdAtGate('a')
  for (let version = 0; version < 16; version++) {
    expect(await runtime.execute(executing(`console.log(${version})`), { tenant: 'a' })).toMatchObject(proceeds)
  }
  expect(runtime.runtime.usage().processes.map(({ runs }) => runs)).toEqual(expect.arrayContaining([0, 1]))
  expect(runtime.ended).toEqual([])
  gate.openFor('all')
  expect(await held).toMatchObject(proceeds)
  await expect.poll(() => runtime.ended, { timeout: 20_000 }).toMatchObject([{ tenant: 'a', reason: 'recycled' }])
})

test('memory short: idle processes end, the longest unused first, and never one that has a run', async () => {
  const others = ['b', 'c', 'd', 'e', 'f', 'g']
  // Room for the files that all map, the spare, and some processes of the others: a blank one takes about 35 MB.
  await start({ processes: 100, memoryMb: 260 }, ['a'])
  const { held } = await holdAtGate('a')
  for (const tenant of others) expect(await runtime.execute(nothing, { tenant })).toMatchObject(proceeds)
  const { memoryBytes, memoryLimitBytes, processes } = runtime.runtime.usage()
  expect(memoryBytes).toBeLessThanOrEqual(memoryLimitBytes)
  expect(processes.map(({ tenant }) => tenant)).toContain('a')
  const kept = new Set(processes.map(({ tenant }) => tenant))
  const gone = others.filter((tenant) => !kept.has(tenant))
  expect(gone.length).toBeGreaterThan(0)
  expect(gone).toEqual(others.slice(0, gone.length))
  gate.openFor('all')
  expect(await held).toMatchObject(proceeds)
})

test('however little memory there is, somebody is served', async () => {
  await start({ processes: 4, memoryMb: 1 }, [])
  for (const tenant of ['a', 'b', 'a']) expect(await runtime.execute(nothing, { tenant })).toMatchObject(proceeds)
})
