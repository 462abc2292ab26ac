import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openReset, stepOf } from '../support/reset.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'
import { until } from '../support/until.ts'

let dataDir: string
let server: ServerProcess
let tenant: TestTenant

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-lost-runs-'))
  server = await startServerProcess({ port: await freePort(), dataDir })
  tenant = await createTenant(server)
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

interface LogLine {
  msg: string
  action?: string
  executionId?: string
  outcome?: string
  error?: string
  cause?: string
  at?: string
}

const logLineOf = (action: string): LogLine | undefined =>
  server
    .log()
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine)
    .find((line) => line.action === action)

/** The third line of the source is where each of them goes wrong. */
const onThirdLine = (statement: string): string =>
  `exports.onExecutePostChallenge = async (event, api) => {\n  const all = []\n  ${statement}\n}`

const childrenOf = async (pid: number): Promise<number[]> =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean).map(Number)

/** Processor time in ticks of 10 ms: fields 14 and 15 of proc(5). */
const ticksOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

/** The sandbox process that does nothing but run: it has used more than starting ever takes. */
const busySandboxOf = (serverPid: number): Promise<number> =>
  until('a busy sandbox process', async () => {
    for (const pid of await childrenOf(serverPid)) if ((await ticksOf(pid)) > 200) return pid
    return undefined
  })

/** What is not named goes back to a value that no test here reaches. */
const setLimits = (limits: Record<string, number>) =>
  tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, {
    cpuMs: 20_000,
    wallMs: 60_000,
    ...limits,
  })

const expectNextUserToPass = async (): Promise<void> => {
  await tenant.bind({ code: 'exports.onExecutePostChallenge = async () => {}' })
  expect(stepOf((await openReset(tenant, await tenant.addUser())).page)).toBe('new-password')
}

test('the log names the execution of a run that completed, so that its author can look it up', async () => {
  await tenant.bind({ name: 'completes', code: 'exports.onExecutePostChallenge = async () => {}' })
  await openReset(tenant, await tenant.addUser())
  await expect.poll(() => logLineOf('completes')).toMatchObject({ msg: 'an action completed', outcome: 'completed' })
  const execution = await tenant.api.must('GET', `/api/v2/actions/executions/${logLineOf('completes')?.executionId}`)
  expect(execution).toMatchObject({ status: 'final', results: [{ action_name: 'completes' }] })
})

describe('the log names the outcome, the limit with what was reached, and the line, the user sees a problem page, and the next one passes', () => {
  test.each([
    {
      name: 'loops',
      statement: 'while (true) {}',
      limits: { cpuMs: 50 },
      outcome: 'exceeded-cpu',
      error: /50 ms .*\(limit "cpuMs", reached: \d+ ms\)/,
      // The server, which names the handler instead, comes first where the machine seemed far busier than it was.
      line: '[13]',
    },
    {
      name: 'fills-the-heap',
      statement: 'while (true) all.push(new Array(1e5).fill(1))',
      outcome: 'exceeded-heap',
      error: /64 MB .*\(limit "heapMb"/,
    },
    { name: 'throws', statement: "throw new Error('no way')", outcome: 'threw', error: /^no way$/, line: '3' },
    {
      name: 'never-settles',
      statement: 'await new Promise(() => {})',
      limits: { wallMs: 1_500 },
      outcome: 'exceeded-wall',
      error: /1500 ms .*\(limit "wallMs", reached: \d+ ms\)/,
      line: '1',
    },
  ])('an action that $name', async ({ name, statement, limits = {}, outcome, error, line }) => {
    await setLimits(limits)
    await tenant.bind({ name, code: onThirdLine(statement) })
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('failed')
    expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('failed')
    expect(await tenant.api.must('GET', `/api/v2/users/${encodeURIComponent(user.user_id)}`)).not.toHaveProperty(
      'last_password_reset',
    )
    // The page may be there before the line has come through the pipe.
    await expect.poll(() => logLineOf(name)?.outcome).toBe(outcome)
    const logged = logLineOf(name)
    expect(logged?.error).toMatch(error)
    if (line) expect(logged?.at).toMatch(new RegExp(`action\\.js:${line}:`))
    await expectNextUserToPass()
  })

  test('an action whose sandbox process is killed under it', async () => {
    await setLimits({})
    await tenant.bind({
      name: 'loses-its-process',
      code: onThirdLine('Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)'),
    })
    const opened = openReset(tenant, await tenant.addUser())
    process.kill(await busySandboxOf(server.pid), 'SIGKILL')
    expect(stepOf((await opened).page)).toBe('failed')
    await expect.poll(() => logLineOf('loses-its-process')?.outcome).toBe('crashed')
    const told = await tenant.api.must('GET', '/api/v2/logs?q=type:actions_execution_failed&per_page=1')
    expect(told).toMatchObject([{ details: { action_name: 'loses-its-process', error_class: 'platform_error' } }])
    await expectNextUserToPass()
  })
})

test('a limit that an error has as its cause is named in the log', async () => {
  await setLimits({ egressRequests: 0 })
  await tenant.bind({ name: 'asks-the-network', code: onThirdLine("await fetch('https://example.com/')") })
  await openReset(tenant, await tenant.addUser())
  await expect
    .poll(() => logLineOf('asks-the-network'))
    .toMatchObject({
      outcome: 'threw',
      cause: 'Error: A run may make at most 0 requests (limit "egressRequests", reached: 1).',
      at: expect.stringContaining('action.js:3:'),
    })
})
