import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { type HttpTarget, startHttpTarget } from '../support/http-target.ts'
import { followLog, isEntry, type LogFollower, type Told } from '../support/log-follower.ts'
import { createApi, managementToken } from '../support/management.ts'
import { openReset } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { type Service, startRedis } from '../support/services.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

let redis: Service
let dataDir: string
let one: RunningServer
let two: RunningServer
let tenant: TestTenant
let target: HttpTarget
/** The action's request has come: how to answer it. */
let heldBack: Promise<() => void>

const redisAndFolder = () => ({
  DATA_DIR: dataDir,
  REDIS_URL: redis.url,
  SANDBOX_PROCESSES: '2',
  EGRESS_ALLOW_CIDRS: '127.0.0.0/8',
})

beforeAll(async () => {
  const { promise, resolve } = Promise.withResolvers<() => void>()
  heldBack = promise
  target = await startHttpTarget((_request, response) => resolve(() => response.end()))
  redis = await startRedis()
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-live-'))
  one = await startTestServer(redisAndFolder())
  two = await startTestServer(redisAndFolder())
  tenant = await createTenant(one)
  await tenant.bind({
    code: onExecute("console.log('hello', event.user.email); console.error('again')").code,
    name: 'said',
  })
})
afterAll(async () => {
  await one.stop()
  await two.stop()
  await redis.stop()
  await target.close()
  await rm(dataDir, { recursive: true, force: true })
})

interface Terms {
  at?: RunningServer
  of?: TestTenant
  scope?: string
  lastEventId?: string
}

const follow = async ({ at = one, of = tenant, scope, lastEventId }: Terms = {}): Promise<LogFollower> => {
  const { host, managementClient } = of
  const token = await managementToken({ port: at.port, host }, { ...managementClient, ...(scope && { scope }) })
  return followLog({ port: at.port, host, token, ...(lastEventId && { lastEventId }) })
}

const isLine = ({ event }: Told) => event === 'console'
const textOf = ({ data }: Told) => data.text as string

const executionOf = (of: TestTenant, { execution_id }: Record<string, unknown>) =>
  vi.waitFor(() =>
    of.api.must<{ results: { console: { text: string }[] }[] }>('GET', `/api/v2/actions/executions/${execution_id}`),
  )

test('entries and console lines of one server are followed at the other, as they happen', async () => {
  const followers = [await follow({ at: one }), await follow({ at: two })]
  const user = await tenant.addUser()
  await openReset(tenant, user)
  for (const follower of followers) {
    const asked = await follower.next(isEntry('scpr'))
    expect(asked.data).toMatchObject({ log_id: asked.id, user_name: user.email })
    const { data } = await follower.next(isLine)
    const { data: second } = await follower.next(isLine)
    expect(data).toEqual({
      tenant: tenant.name,
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      level: 'log',
      text: `hello ${user.email}`,
      line: 1,
      action_id: expect.any(String),
      action_name: 'said',
      version_id: expect.any(String),
      execution_id: expect.any(String),
      handler: 'onExecutePostChallenge',
      started_at: expect.any(String),
    })
    expect(second).toEqual({ ...data, date: second.date, level: 'error', text: 'again', line: 2 })
    const { action_id, action_name, version_id, handler, started_at } = data
    const stored = { action_id, action_name, version_id, handler, started_at }
    expect(await executionOf(tenant, data)).toMatchObject({ results: [stored] })
    follower.leave()
  }
})

test('lines are followed at both servers while the run waits, and none is told twice', async () => {
  const own = await createTenant(one)
  await own.bind({
    name: 'waits',
    code: onExecute(`console.log('before'); await fetch('${target.origin}/'); console.log('after')`).code,
  })
  const followers = [await follow({ of: own, at: one }), await follow({ of: own, at: two })]
  const reset = openReset(own, await own.addUser())
  for (const follower of followers) expect(textOf(await follower.next(isLine))).toBe('before')
  const answer = await heldBack
  answer()
  for (const follower of followers) {
    const { data } = await follower.next(isLine)
    expect(data).toMatchObject({ text: 'after', line: 2 })
  }
  await reset
  await own.api.must('POST', '/api/v2/clients', { name: 'the end' })
  for (const follower of followers) {
    const more: Told[] = []
    await follower.next((told) => more.push(told) > 0 && isEntry('sapi')(told))
    expect(more.filter(isLine)).toEqual([])
    follower.leave()
  }
})

test('of a flood every line is told or counted, the stored execution has them all, and nobody else waits', async () => {
  const [noisy, quiet] = [await createTenant(one), await createTenant(two)]
  await noisy.bind({ name: 'floods', code: onExecute(`for (let n = 0; n < 20_000; n++) console.log('n', n)`).code })
  await quiet.bind({ name: 'speaks', code: onExecute(`console.log('one line')`).code })
  const [flood, line] = [await follow({ of: noisy, at: two }), await follow({ of: quiet })]
  await openReset(noisy, await noisy.addUser())
  await openReset(quiet, await quiet.addUser())
  expect(textOf(await line.next(isLine))).toBe('one line')
  let [heard, dropped, last]: [number, number, Told | undefined] = [0, 0, undefined]
  while (heard + dropped < 10_000) {
    const told = await flood.next(({ event }) => event.startsWith('console'))
    if (told.event === 'console-dropped') dropped += told.data.lines as number
    else {
      heard += 1
      last = told
    }
  }
  expect(heard + dropped).toBe(10_000)
  expect(heard).toBeGreaterThan(1_000)
  const { results } = await executionOf(noisy, last?.data ?? {})
  expect(results[0]?.console).toHaveLength(10_000)
  for (const follower of [flood, line]) follower.leave()
})

test('who comes back with the last id misses nothing and hears nothing twice, at whatever server', async () => {
  const before = await follow()
  await tenant.api.must('POST', '/api/v2/clients', { name: 'First' })
  const { id = '' } = await before.next(isEntry('sapi'))
  before.leave()
  const names = Array.from({ length: 130 }, (_, index) => `missed ${index}`)
  for (const name of names) await tenant.api.must('POST', '/api/v2/clients', { name })
  const after = await follow({ at: two, lastEventId: id })
  const heard: string[] = []
  let last = id
  while (heard.length < names.length) {
    const told = await after.next(isEntry('sapi'))
    expect(String(told.id) > last).toBe(true)
    last = String(told.id)
    const details = told.data.details as { request: { body: { name: string } } }
    heard.push(details.request.body.name)
  }
  expect(heard).toEqual(names)
  after.leave()
})

test('console lines are for who may read executions, and nothing for who may not read logs or is of another tenant', async () => {
  const stranger = await createTenant(one)
  const [logsOnly, foreign] = [await follow({ scope: 'read:logs' }), await follow({ of: stranger, at: two })]
  expect((await follow({ scope: 'read:users' })).status).toBe(403)
  const heard: Told[] = []
  const user = await tenant.addUser()
  await openReset(tenant, user)
  await tenant.api.must('POST', '/api/v2/clients', { name: 'the end' })
  const isLast = (told: Told) => {
    heard.push(told)
    return JSON.stringify(told).includes('the end')
  }
  await logsOnly.next(isLast)
  expect(heard.some(isEntry('scpr'))).toBe(true)
  expect(heard.filter(({ event }) => event === 'console')).toEqual([])
  await stranger.api.must('POST', '/api/v2/clients', { name: 'their own' })
  const first = await foreign.next(() => true)
  expect(JSON.stringify(first)).not.toContain(user.email)
  logsOnly.leave()
  foreign.leave()
})

test('a tenant has so many at one server as the operator says', async () => {
  const own = await createTenant(one)
  await own.operator.must('PATCH', `/operator/v1/tenants/${own.name}/limits`, { logStreams: 1 })
  const first = await follow({ of: own })
  expect(first.status).toBe(200)
  expect((await follow({ of: own })).status).toBe(429)
  first.leave()
  while ((await follow({ of: own })).status !== 200) await new Promise(setImmediate)
})

test('a tenant that is taken away ends those of its log at both servers: its name may be another’s soon', async () => {
  const own = await createTenant(one)
  const followers = [await follow({ at: one, of: own }), await follow({ at: two, of: own })]
  await own.operator.must('DELETE', `/operator/v1/tenants/${own.name}`)
  for (const follower of followers) await follower.ended()
})

test('a server that closes ends them', async () => {
  const third = await startTestServer(redisAndFolder())
  const api = createApi({ port: third.port, host: tenant.host, token: '' })
  expect((await api.call('GET', '/healthz')).status).toBe(200)
  const follower = await follow({ at: third })
  const stopped = third.stop()
  await follower.ended()
  await stopped
})
