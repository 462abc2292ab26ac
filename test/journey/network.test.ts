/** Actions that call a service while a user resets a password, through the whole server. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { type HttpTarget, startHttpTarget } from '../support/http-target.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

let service: HttpTarget
let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  service = await startHttpTarget((_, response) => response.end(JSON.stringify({ verdict: 'too risky' })))
  server = await startTestServer({ EGRESS_ALLOW_CIDRS: '127.0.0.0/8' })
  tenant = await createTenant(server)
})
afterAll(async () => {
  await server.stop()
  await service.close()
})

const deniedText = async (body: string) => {
  await tenant.bind(onExecute(body))
  const { page } = await openReset(tenant, await tenant.addUser())
  expect(stepOf(page)).toBe('denied')
  return page.text
}

const attempt = (url: string) =>
  `await fetch('${url}').then(() => api.access.deny('reached'), (error) => api.access.deny(error.cause.code))`

test('what a service answers decides', async () => {
  const text = await deniedText(`
    const response = await fetch('${service.origin}/score', { method: 'POST', body: JSON.stringify({ user: event.user.user_id }) })
    api.access.deny((await response.json()).verdict)`)
  expect(text).toContain('too risky')
})

test('the server itself is no service, by whatever address', async () => {
  for (const host of ['127.0.0.1', '127.0.0.2', 'localhost'])
    expect(await deniedText(attempt(`http://${host}:${server.port}/operator/v1/tenants`))).toContain(
      'ERR_EGRESS_ADDRESS',
    )
})

test('a tenant may be held to some hosts', async () => {
  const hold = (egress_hosts: string[] | null) =>
    tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}`, { egress_hosts })
  await hold(['api.example.com'])
  expect(await deniedText(attempt(service.origin))).toContain('ERR_EGRESS_HOST')
  await hold(['127.0.0.1'])
  expect(await deniedText(attempt(service.origin))).toContain('reached')
  await hold(null)
})

test('an action whose service cannot be reached ends the reset, unless it says otherwise', async () => {
  await tenant.bind(onExecute(`await fetch('http://169.254.169.254/')`))
  expect(stepOf((await openReset(tenant, await tenant.addUser())).page)).toBe('failed')
})
