/** Actions that look for a way out: of the isolate, of their run, of their tenant. Each finds nothing. */
import { readFileSync } from 'node:fs'
import type { ExecutionResult } from '@interlock/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGate, patient, waitsAtGate } from '../support/gate.ts'
import { executing, openRuntime, type Request, type TestRuntime } from '../support/runtime.ts'
import { trespasses } from './attacks/cross-tenant.ts'
import { waysOut } from './attacks/escape.ts'
import { besideNeighbour } from './withstand.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 4 })
})
afterAll(() => runtime.close())

/** Denies with what an expression comes to, as text. */
const report = (expression: string): string => `
    let answer
    try { answer = await (${expression}) } catch (error) { answer = 'threw ' + error.name }
    api.access.deny(String(answer))`

const reasonOf = ({ decision, runs }: ExecutionResult): string =>
  decision.type === 'deny' ? decision.reason : `${runs[0]?.ending}: ${runs[0]?.error?.message}`

/** What an expression comes to inside. */
const found = async (expression: string, request?: Request): Promise<string> =>
  reasonOf(await runtime.execute(executing(report(expression)), request))

describe('out of the isolate', () => {
  test.each(waysOut)('%s: %s', async (_, expression, answer) => {
    expect(await besideNeighbour(runtime, found(expression))).toBe(answer)
  })

  test('stack frames show the host to nobody: Error.prepareStackTrace', async () => {
    const frames = `(() => {
      Error.prepareStackTrace = (_, sites) => sites
        .filter((site) => site.getFileName() !== 'action.js')
        .map((site) => [site.getFileName(), typeof site.getThis(), typeof site.getFunction()].join(' '))
      return [...new Set(new Error('x').stack)]
    })()`
    expect(await found(frames)).toBe('interlock:guest undefined undefined')
  })
})

describe('out of the run', () => {
  test.each(trespasses)('$title left behind: $leave', async ({ leave, look, answer }) => {
    const source = executing(`if (event.leave) { ${leave} } else { ${report(look)} }`)
    await runtime.execute(source, { event: { user: {}, leave: true } })
    const again = await besideNeighbour(runtime, runtime.execute(source, { event: { user: {} } }))
    expect(reasonOf(again)).toBe(answer)
    const [, next] = await Promise.all([
      runtime.execute(executing(leave), { tenant: 'mallory' }),
      runtime.execute([executing(leave), executing(report(look))], { tenant: 'mallory' }),
    ])
    expect(reasonOf(next)).toBe(answer)
    expect(await found(look, { tenant: 'neighbour' })).toBe(answer)
  })

  test('what it started ends with it: a timer of a settled run never fires', async () => {
    const source = executing(`setTimeout(() => { for (;;); }); setInterval(() => { for (;;); })`)
    expect((await runtime.execute(source)).decision).toEqual({ type: 'proceed' })
    const ended = runtime.ended.length
    expect((await runtime.execute(executing(`await new Promise((done) => setTimeout(done, 300))`))).decision).toEqual({
      type: 'proceed',
    })
    expect(runtime.ended).toHaveLength(ended)
  })

  test('commands recorded after the handler has settled are not believed', async () => {
    const source = executing(
      `Promise.resolve().then(() => {}).then(() => {}).then(() => {}).then(() => api.access.deny('late'))`,
    )
    expect((await runtime.execute(source)).decision.type).not.toBe('fail')
  })
})

test('two tenants never share a process: one that is lost takes no run of another with it', async () => {
  const gate = createGate()
  const crowd = await openRuntime({ processes: 4, egress: gate.egress })
  try {
    const tenants = ['one', 'three', 'two']
    const held = new Map(
      tenants.map((tenant) => [tenant, crowd.execute(waitsAtGate, { tenant, limits: patient })] as const),
    )
    await expect.poll(() => gate.waiting.toSorted(), { timeout: 20_000 }).toEqual(tenants)
    const { processes } = crowd.runtime.usage()
    expect(processes.map(({ tenant }) => tenant).toSorted()).toEqual(tenants)
    const [lost, ...others] = processes
    process.kill(lost?.pid ?? 0, 'SIGKILL')
    expect((await held.get(lost?.tenant ?? ''))?.decision).toMatchObject({ type: 'fail', ending: 'crashed' })
    gate.openFor('all')
    for (const { tenant } of others) expect((await held.get(tenant))?.decision).toEqual({ type: 'proceed' })
  } finally {
    await crowd.close()
  }
})

test('the sandbox process has no environment, and no secret on its command line', async () => {
  const secret = 'a-secret-that-must-not-stay'
  // A world of its own: where tenants before it gave up their places, their processes are still going.
  const keeper = await openRuntime({ processes: 1 })
  await keeper.execute(executing(''), { secrets: [{ KEY: secret }] })
  expect(keeper.living.size).toBeGreaterThan(0)
  for (const pid of keeper.living) {
    // The shell that sets its limits leaves this behind.
    expect(['', 'PWD=/\0']).toContain(readFileSync(`/proc/${pid}/environ`, 'latin1'))
    expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(secret)
  }
  await keeper.close()
})
