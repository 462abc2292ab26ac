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
  await expect.poll(() => runtime.ended, { timeout: 20_000 }).toMatchObject([{ tenant: 'b', reason: 'evicted' }])
})

test('five tenants on one process are all served', async () => {
  const runtime = await start(1)
  const tenants = Array.from({ length: 5 }, (_, n) => `tenant-${n}`)
  const results = await Promise.all(tenants.map((tenant) => runtime.execute(nothing, { tenant })))
  expect(results.map(({ decision }) => decision.type)).toEqual(Array(5).fill('proceed'))
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
