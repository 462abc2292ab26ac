/**
 * Calls of the management API a second, each beside a bare Fastify route that answers the same body: what checking a token,
 * a scope and a schema costs, and the database. The two take turns, so that whatever else the machine does meets both.
 */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { request } from 'undici'
import { managementToken } from '../test/support/management.ts'
import { operatorToken, type RunningServer } from '../test/support/server.ts'
import { freePort } from '../test/support/services.ts'
import { createTenant, type TestTenant } from '../test/support/tenant.ts'
import type { BareRoute } from './bare-fastify.ts'
import { writePerformancePage } from './pages/performance-page.ts'
import { percentile } from './percentile.ts'
import { type ManagementCall, saveResult } from './results.ts'
import { source } from './seed-action.ts'

const main = fileURLToPath(new URL('../server/src/main.ts', import.meta.url))
const connections = 10
const blocks = 3
const secondsPerBlock = 1.5
const trigger = 'password-reset-post-challenge'

interface Call {
  name: string
  method: 'GET' | 'PATCH'
  path: string
  body?: object
}

const callsOf = async (tenant: TestTenant): Promise<Call[]> => {
  const ids = await tenant.bind(...Array.from({ length: 4 }, (_, index) => ({ code: source, name: `action-${index}` })))
  const { user_id } = await tenant.addUser({ user_metadata: { plan: 'gold' } })
  const user = `/api/v2/users/${encodeURIComponent(user_id)}`
  const bindings = ids.map((value) => ({ ref: { type: 'action_id', value } }))
  return [
    { name: 'one user', method: 'GET', path: user },
    { name: 'one action with its live version', method: 'GET', path: `/api/v2/actions/actions/${ids[0]}` },
    { name: 'four actions, listed', method: 'GET', path: '/api/v2/actions/actions?per_page=50' },
    { name: 'a user’s metadata, changed', method: 'PATCH', path: user, body: { user_metadata: { plan: 'silver' } } },
    {
      name: 'four bindings, replaced',
      method: 'PATCH',
      path: `/api/v2/actions/triggers/${trigger}/bindings`,
      body: { bindings },
    },
  ]
}

interface Target {
  url: string
  headers: Record<string, string>
}

/** One block: calls a second, and the milliseconds that the slowest hundredth waits. */
const shoot = async ({ url, headers }: Target, { method, body }: Call) => {
  const payload = body && { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
  const result = await autocannon({ url, method, headers, connections, duration: secondsPerBlock, ...payload })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${method} ${url}: ${result.non2xx} were refused.`)
  return { perSecond: result.requests.total / result.duration, p99: result.latency.p99 }
}

const startBare = async (route: BareRoute) => {
  const child = fork(fileURLToPath(new URL('bare-fastify.ts', import.meta.url)))
  child.send(route)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  const stop = async () => {
    child.kill()
    await once(child, 'exit')
  }
  return { target: { url: `http://127.0.0.1:${port}/`, headers: {} }, stop }
}

type Block = Awaited<ReturnType<typeof shoot>>
const middle = (taken: readonly Block[], of: (block: Block) => number): number => percentile(taken.map(of), 0.5)

const measure = async (call: Call, ours: Target, answer: unknown): Promise<ManagementCall> => {
  const bare = await startBare({ method: call.method, answer })
  const taken: { ours: Block[]; bare: Block[] } = { ours: [], bare: [] }
  // The first block warms up.
  for (let block = 0; block <= blocks; block += 1) {
    const [one, other] = [await shoot(ours, call), await shoot(bare.target, call)]
    if (block === 0) continue
    taken.ours.push(one)
    taken.bare.push(other)
  }
  await bare.stop()
  const { name, method } = call
  return {
    name,
    method,
    answerBytes: Buffer.byteLength(JSON.stringify(answer)),
    perSecond: middle(taken.ours, ({ perSecond }) => perSecond),
    p99: middle(taken.ours, ({ p99 }) => p99),
    barePerSecond: middle(taken.bare, ({ perSecond }) => perSecond),
    bareP99: middle(taken.bare, ({ p99 }) => p99),
  }
}

const measureAll = async (server: Pick<RunningServer, 'port' | 'operatorToken'>): Promise<ManagementCall[]> => {
  const tenant = await createTenant(server)
  const limits = { managementBurst: 1_000_000, managementRate: 100_000 }
  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, limits)
  const token = await managementToken({ port: server.port, host: tenant.host }, tenant.managementClient)
  const headers = { host: tenant.host, authorization: `Bearer ${token}` }
  const measured: ManagementCall[] = []
  for (const call of await callsOf(tenant)) {
    const answer = await tenant.api.must(call.method, call.path, call.body)
    const figures = await measure(call, { url: `http://127.0.0.1:${server.port}${call.path}`, headers }, answer)
    console.log(figures)
    measured.push(figures)
  }
  return measured
}

/** As operators run it, with a line for each request on an output that nobody reads. */
const startServer = async (dataDir: string) => {
  const port = await freePort()
  const own = { PORT: `${port}`, DATA_DIR: dataDir, OPERATOR_TOKEN: operatorToken, SANDBOX_PROCESSES: '1' }
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, ...own }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  const isReady = () =>
    request(`http://127.0.0.1:${port}/readyz`).then(
      ({ statusCode }) => statusCode === 200,
      () => false,
    )
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it listened.`)
    await pause(50)
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { port, operatorToken, kill }
}

const dataDir = await mkdtemp(join(tmpdir(), 'interlock-bench-'))
const server = await startServer(dataDir)
try {
  await saveResult('management', { connections, secondsPerBlock, blocks, calls: await measureAll(server) })
} finally {
  await server.kill()
  await rm(dataDir, { recursive: true, force: true })
}
await writePerformancePage()
