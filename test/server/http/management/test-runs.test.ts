import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'
import { until } from '../../../support/until.ts'

const supported_triggers = [{ id: 'password-reset-post-challenge', version: 'v1' }]

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

let count = 0
const create = async (body: string, over: Record<string, unknown> = {}): Promise<string> => {
  const code = `exports.onExecutePostChallenge = async (event, api) => {\n${body}\n}`
  const action = { name: `action-${++count}`, supported_triggers, code, ...over }
  return (await tenant.call('POST', '/actions/actions', { body: action })).body.id
}
const pathOf = (id: string) => `/actions/actions/${id}`
const run = (id: string, event: object = {}) =>
  tenant.call('POST', `${pathOf(id)}/test`, { body: { payload: { event } } })

test('a draft runs with the event it is given and its own secrets, and its figures add up', async () => {
  const id = await create(
    "console.log(event.user.email, event.secrets.KEY); api.access.deny('no'); await new Promise((go) => setTimeout(go, 20))",
    { secrets: [{ name: 'KEY', value: 'hush' }] },
  )
  const { status, body } = await run(id, { user: { email: 'ada@example.com' } })
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['payload'])
  expect(body.payload).toMatchObject({
    outcome: 'completed',
    commands: [{ type: 'access.deny', reason: 'no' }],
    console: [{ level: 'log', text: 'ada@example.com hush' }],
    warnings: [],
  })
  expect(body.payload).not.toHaveProperty('error')
  const { stats } = body.payload
  expect(Object.values(stats).every((value) => Number.isInteger(value) && Number(value) >= 0)).toBe(true)
  expect(stats.action_duration_ms).toBeGreaterThanOrEqual(20)
  const { total_request_duration_ms, total_runtime_execution_duration_ms, network_duration_ms } = stats
  expect(total_request_duration_ms).toBe(total_runtime_execution_duration_ms + network_duration_ms)
  expect(total_runtime_execution_duration_ms).toBe(stats.boot_duration_ms + stats.action_duration_ms)
  expect(stats.boot_duration_ms).toBe(stats.runtime_processing_duration_ms + stats.runtime_external_call_duration_ms)
})

test('an action that throws is a 200 with its error, in the author’s lines', async () => {
  const { status, body } = await run(await create("\nthrow new TypeError('oops')"))
  expect(status).toBe(200)
  expect(body.payload).toMatchObject({ outcome: 'threw', commands: [], error: { name: 'TypeError', message: 'oops' } })
  expect(body.payload.error.stack).toMatch(/action\.js:3:/)
  expect(body.payload.stats.action_duration_ms).toBeGreaterThanOrEqual(0)
})

test('a run that is ended by a limit says which', async () => {
  await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { cpuMs: 50 } })
  const { status, body } = await run(await create('for (;;);'))
  await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { cpuMs: null } })
  expect(status).toBe(200)
  expect(body.payload).toMatchObject({
    outcome: 'exceeded-cpu',
    error: { message: expect.stringContaining('cpuMs') },
  })
})

test('it is the draft that runs, and what is live stays as it is', async () => {
  const id = await create("console.log('first')", { deploy: true })
  const code = "exports.onExecutePostChallenge = async () => console.log('second')"
  await tenant.call('PATCH', pathOf(id), { body: { code } })
  expect((await run(id)).body.payload.console).toEqual([{ level: 'log', text: 'second' }])
  const after = await tenant.call('GET', pathOf(id))
  expect(after.body).toMatchObject({ status: 'built', all_changes_deployed: false, deployed_version: { number: 1 } })
  expect((await tenant.call('GET', `${pathOf(id)}/versions`)).body.total).toBe(1)
})

test('what a run writes into the cache is forgotten', async () => {
  const id = await create("console.log(api.cache.get('seen')?.value); api.cache.set('seen', 'yes')")
  for (const _ of [1, 2]) expect((await run(id)).body.payload.console).toEqual([{ level: 'log', text: 'undefined' }])
})

test('a draft that does not build cannot be tested', async () => {
  const answer = await run(await create('api.access.deny('))
  expect(answer.status).toBe(400)
  expect(answer.body.message).toMatch(
    /^A draft must be in the 'built' state before it can be tested\. \| caused by: action\.js:\d+:\d+: /,
  )
})

test('the action of another tenant does not exist', async () => {
  const id = await create('')
  const stranger = await app.createTenant()
  const body = { payload: { event: {} } }
  const answer = await stranger.call('POST', `${pathOf(id)}/test`, { body })
  expect(answer).toMatchObject({ status: 404, body: { message: 'That action does not exist.' } })
  expect((await run('nothing')).status).toBe(404)
})

test.each([
  [{}, "'Missing required property: payload'"],
  [{ payload: {} }, "'Missing required property: event' on property payload"],
  [{ payload: { event: [] } }, 'on property payload.event (What the action is given as event)'],
  [{ payload: { event: {}, code: '' } }, "'Additional properties not allowed: code' on property payload"],
  [{ payload: { event: JSON.parse(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`) } }, 'may be nested 64 levels'],
])('the body %# is refused', async (body, message) => {
  const answer = await tenant.call('POST', `${pathOf(await create(''))}/test`, { body })
  expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
  expect(answer.body.message).toContain(message)
})

test('the tenant’s log names the test, and nothing of the event or of what was printed', async () => {
  const id = await create("console.log('printed-by-the-test')")
  await run(id, { user: { email: 'in-the-event@example.com' } })
  const search = `/logs?q=${encodeURIComponent('type:sapi AND description:test')}`
  const entries = await until('the entry of the test', async () => {
    const { body } = await tenant.call('GET', search)
    return body.length > 0 && body
  })
  const text = JSON.stringify(entries)
  expect(text).toContain(`/api/v2${pathOf(id)}/test`)
  expect(text).not.toContain('in-the-event@example.com')
  expect(text).not.toContain('printed-by-the-test')
})
