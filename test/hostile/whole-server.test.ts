/** One attack of each class through the whole server: it answers meanwhile, and another tenant's user gets through. */
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let neighbour: TestTenant
beforeAll(async () => {
  server = await startTestServer({ SANDBOX_PROCESSES: '3' })
  neighbour = await createTenant(server)
  await neighbour.bind(onExecute(''))
})
afterAll(() => server.stop())

const attacks: [kind: string, body: string, step: string][] = [
  ['cpu', `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`, 'failed'],
  ['memory', `const a = []; for (;;) a.push(new Array(1000).fill({}))`, 'failed'],
  ['escape', `process.exit()`, 'failed'],
  ['bridge', `for (;;) api.access.deny('x')`, 'failed'],
  ['bundle', `require('/etc/passwd')`, 'failed'],
  ['network', `await Promise.all(Array.from({ length: 100 }, () => fetch('http://169.254.169.254/')))`, 'failed'],
  ['log', `for (;;) console.log('x'.repeat(1e5))`, 'failed'],
  ['cross-tenant', `Object.prototype.left = Promise.prototype.then = 'left'`, 'new-password'],
]

const isHealthy = async (): Promise<boolean> => {
  const { statusCode, body } = await request(`http://127.0.0.1:${server.port}/healthz`)
  await body.dump()
  return statusCode === 200
}

/** How often `/healthz` was asked until `work` had ended; it answered each time. */
const watchHealth = async (work: Promise<unknown>): Promise<number> => {
  let isOver = false
  void work.finally(() => {
    isOver = true
  })
  let asked = 0
  for (; !isOver; asked++) expect(await isHealthy()).toBe(true)
  return asked
}

test.each(attacks)('%s: %s', async (_, body, step) => {
  const mallory = await createTenant(server)
  await mallory.operator.must('PATCH', `/operator/v1/tenants/${mallory.name}/limits`, { cpuMs: 1_000 })
  await mallory.bind(onExecute(body))
  const [attacked, served] = await Promise.all(
    [mallory, neighbour].map(async (tenant) => ({ tenant, user: await tenant.addUser() })),
  )
  if (!attacked || !served) throw new Error('two users')
  const attack = openReset(attacked.tenant, attacked.user)
  const [asked] = await Promise.all([
    watchHealth(attack),
    openReset(served.tenant, served.user).then(({ page }) => expect(stepOf(page)).toBe('new-password')),
  ])
  expect(asked).toBeGreaterThan(0)
  expect(stepOf((await attack).page)).toBe(step)
})
