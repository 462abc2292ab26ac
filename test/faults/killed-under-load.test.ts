/** Every sandbox process is killed, one after another, while all of them work. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { executing, openRuntime, type TestRuntime } from '../support/runtime.ts'

const tenants = Array.from({ length: 6 }, (_, n) => `tenant-${n}`)
const waits = executing(`await new Promise((done) => setTimeout(done, 20))`)

let reported = 0
let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: tenants.length, observer: { runEnded: () => void reported++ } })
  for (const tenant of tenants) await runtime.run(waits, { tenant })
})
afterAll(() => runtime.close())

test('every run ends with one outcome, and each tenant is served again', async () => {
  reported = 0
  const doomed = new Set(runtime.living)
  expect(doomed.size).toBeGreaterThanOrEqual(tenants.length)
  let isOver = false
  const endings: string[] = []
  const again = async (tenant: string) => {
    do endings.push((await runtime.run(waits, { tenant })).ending)
    while (!isOver)
  }
  const load = tenants.flatMap((tenant) => Array.from({ length: 10 }, () => again(tenant)))

  for (const pid of doomed) {
    if (!runtime.living.has(pid)) continue
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => runtime.living.has(pid), { timeout: 20_000, interval: 10 }).toBe(false)
  }
  isOver = true
  await Promise.all(load)

  expect(endings).toContain('crashed')
  // On a machine that is slow to start processes, work may wait too long for one.
  expect(endings.filter((ending) => !['completed', 'crashed', 'throttled'].includes(ending))).toEqual([])
  // One report for each run that was asked for, none lost and none told twice.
  expect(reported).toBe(endings.length)
  for (const tenant of tenants) expect((await runtime.run(waits, { tenant })).ending).toBe('completed')
})
