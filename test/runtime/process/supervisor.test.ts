/** Who gets a process, and who waits. */
import { afterEach, expect, test } from 'vitest'
import { executing, openRuntime, type TestRuntime } from '../../support/runtime.ts'

const open: TestRuntime[] = []
afterEach(async () => {
  for (const runtime of open.splice(0)) await runtime.close()
})
const start = async (processes: number) => {
  const runtime = await openRuntime({ processes })
  open.push(runtime)
  return runtime
}

const nothing = executing('')
const waits = executing(`await new Promise((done) => setTimeout(done, 800))`)
const proceeds = { decision: { type: 'proceed' } }

test('a tenant keeps its process from run to run', async () => {
  const runtime = await start(2)
  for (let n = 0; n < 5; n++) expect(await runtime.execute(nothing)).toMatchObject(proceeds)
  expect(runtime.ended).toEqual([])
})

test('the longest unused process makes room for another tenant', async () => {
  const runtime = await start(2)
  for (const tenant of ['a', 'b', 'a', 'c']) expect(await runtime.execute(nothing, { tenant })).toMatchObject(proceeds)
  expect(runtime.ended).toMatchObject([{ tenant: 'b', reason: 'evicted' }])
})

test('a process with a run in flight is never taken away: others wait for it', async () => {
  const runtime = await start(1)
  await runtime.build(waits, 'a')
  await runtime.build(nothing, 'b')
  await runtime.execute(nothing, { tenant: 'a' })
  const order: string[] = []
  await Promise.all([
    runtime.execute(waits, { tenant: 'a' }).then(({ decision }) => order.push(`a ${decision.type}`)),
    runtime.execute(nothing, { tenant: 'b' }).then(({ decision }) => order.push(`b ${decision.type}`)),
  ])
  expect(order).toEqual(['a proceed', 'b proceed'])
})

test('a process that has served its time is left its last runs, also where the next one needs its place', async () => {
  const runtime = await start(1)
  const briefly = executing(`await new Promise((done) => setTimeout(done, 5))`)
  let left = 1_100
  const keepBusy = async () => {
    while (left-- > 0) expect(await runtime.execute(briefly)).toMatchObject(proceeds)
  }
  await Promise.all(Array.from({ length: 20 }, keepBusy))
  expect(runtime.ended).toMatchObject([{ tenant: 'acme', reason: 'recycled' }])
})

test('five tenants on one process are all served', async () => {
  const runtime = await start(1)
  const tenants = Array.from({ length: 5 }, (_, n) => `tenant-${n}`)
  const results = await Promise.all(tenants.map((tenant) => runtime.execute(nothing, { tenant })))
  expect(results.map(({ decision }) => decision.type)).toEqual(Array(5).fill('proceed'))
})

test('work that no process becomes free for is throttled', async () => {
  const runtime = await start(1)
  const waitsLong = executing(`await new Promise((done) => setTimeout(done, 15_000))`)
  await runtime.build(nothing, 'b')
  await runtime.build(waitsLong, 'a')
  void runtime.execute(waitsLong, { tenant: 'a' })
  const { decision, runs } = await runtime.execute(nothing, { tenant: 'b' })
  expect(decision).toEqual({ type: 'fail', ending: 'throttled', action: 0 })
  expect(runs[0]?.error?.code).toBe('ERR_RUN_THROTTLED')
})

test('runs beyond those of a minute are throttled, which names the limit; another tenant has its own', async () => {
  const runtime = await start(2)
  const limits = { runsPerMinute: 3 }
  for (let n = 0; n < 3; n++) expect(await runtime.execute(nothing, { limits })).toMatchObject(proceeds)
  const { decision, runs } = await runtime.execute(nothing, { limits })
  expect(decision).toEqual({ type: 'fail', ending: 'throttled', action: 0 })
  expect(runs[0]?.error).toMatchObject({
    code: 'ERR_RUN_THROTTLED',
    message: 'The tenant has started 3 runs within a minute (limit "runsPerMinute").',
  })
  expect(await runtime.execute(nothing, { tenant: 'b', limits })).toMatchObject(proceeds)
})

test('work that waits is answered when the runtime closes', async () => {
  const runtime = await openRuntime({ processes: 1 })
  await runtime.build(waits, 'a')
  await runtime.build(nothing, 'b')
  await runtime.execute(nothing, { tenant: 'a' })
  const busy = runtime.execute(waits, { tenant: 'a' })
  const waiting = runtime.execute(nothing, { tenant: 'b' })
  await runtime.close()
  expect((await busy).decision).toMatchObject({ ending: 'canceled' })
  expect((await waiting).decision).toMatchObject({ ending: 'canceled' })
})
