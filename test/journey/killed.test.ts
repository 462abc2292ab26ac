import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../server/src/stores/sql/database.ts'
import { createSqlTransactionStore } from '../../server/src/stores/sql/transaction-store.ts'
import { transactionIdOf } from '../../server/src/transactions/secret.ts'
import { onBoth, onExecute } from '../support/actions.ts'
import { choosePassword, openReset, stepOf } from '../support/reset.ts'
import { startTestServer } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort, startRedis } from '../support/services.ts'
import { createTenant } from '../support/tenant.ts'
import { until } from '../support/until.ts'
import { createVisitor } from '../support/visitor.ts'

let dataDir: string
const started: ServerProcess[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-killed-'))
})
afterAll(async () => {
  for (const server of started) await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

const start = async (settings: Parameters<typeof startServerProcess>[0]): Promise<ServerProcess> => {
  const server = await startServerProcess(settings)
  started.push(server)
  return server
}

const count = (name: string) => `api.cache.set('${name}', String(Number(api.cache.get('${name}')?.value ?? 0) + 1));`

const actions = [
  onBoth(`${count('execute')} api.redirect.sendUserTo('https://out.example/')`, count('continue')),
  onExecute(`
    if (event.request.query.tell) api.access.deny('executed ' + api.cache.get('execute')?.value + ', continued ' + api.cache.get('continue')?.value)`),
]

const stateOf = (url: string | undefined): string => new URL(url ?? '').searchParams.get('state') ?? ''

test('the server is killed while the user is away, and the user finishes on the one started after it', async () => {
  const port = await freePort()
  const first = await start({ port, dataDir: join(dataDir, 'sqlite') })
  const tenant = await createTenant(first)
  await tenant.bind(...actions)
  const user = await tenant.addUser()
  const { visitor, page } = await openReset(tenant, user)

  await first.kill()
  await start({ port, dataDir: join(dataDir, 'sqlite') })

  expect(stepOf(await visitor.get(`/continue?state=${stateOf(page.leftFor)}`))).toBe('new-password')
  expect(stepOf(await choosePassword(visitor))).toBe('done')

  const other = await openReset(tenant, await tenant.addUser())
  const told = await other.visitor.get(`/continue?state=${stateOf(other.page.leftFor)}&tell=yes`)
  expect(told.text).toContain('executed 2, continued 2')
})

test('with the state in Redis, a different server process takes over', async () => {
  const redis = await startRedis()
  try {
    const environment = { REDIS_URL: redis.url }
    const [port, otherPort] = [await freePort(), await freePort()]
    const shared = join(dataDir, 'redis')
    const first = await start({ port, dataDir: shared, environment })
    const second = await start({ port: otherPort, dataDir: shared, environment })
    const tenant = await createTenant(first)
    await tenant.bind(...actions)
    const { visitor, page } = await openReset(tenant, await tenant.addUser())

    await first.kill()

    const elsewhere = createVisitor({ port: otherPort, host: tenant.host }, visitor.cookies)
    const state = stateOf(page.leftFor)
    expect(stepOf(await elsewhere.get(`/continue?state=${state}`))).toBe('new-password')
    expect((await elsewhere.get(`/continue?state=${state}`)).status).toBe(400)
    await elsewhere.get('/u/reset-password/step')
    expect(stepOf(await choosePassword(elsewhere))).toBe('done')
    expect(await second.stop()).toBe(0)
  } finally {
    await redis.stop()
  }
})

test('a server killed in the middle of a leg: the user waits, is then told, and no password page opens', async () => {
  const port = await freePort()
  const settings = { port, dataDir: join(dataDir, 'leg') }
  const first = await start(settings)
  const tenant = await createTenant(first)
  await tenant.bind(onExecute('await new Promise((resolve) => setTimeout(resolve, 15_000))'))
  const visitor = tenant.visitor()
  const cut = openReset(tenant, await tenant.addUser(), visitor).catch(() => 'cut off')
  const sameBrowser = createVisitor({ port, host: tenant.host }, visitor.cookies)
  await until('the page that waits', async () => stepOf(await sameBrowser.get('/u/reset-password/step')) === 'wait')
  await first.kill()
  expect(await cut).toBe('cut off')

  const second = await startTestServer({ PORT: String(port), DATA_DIR: settings.dataDir })
  expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('wait')
  second.advanceClock(60_000)
  expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('failed')
  await second.stop()
})

test('a server killed between redeeming the link and the first step: the link still works in that browser', async () => {
  const folder = join(dataDir, 'first-step')
  const server = await startTestServer({ DATA_DIR: folder })
  const tenant = await createTenant(server)
  const { visitor, link } = await openReset(tenant, await tenant.addUser())
  const db = await openSqlite(join(folder, 'interlock.db'))
  const transactions = createSqlTransactionStore(db)
  const stored = await transactions.load(
    tenant.name,
    transactionIdOf(visitor.cookies.get('interlock') ?? ''),
    Date.now(),
  )
  if (!stored) throw new Error('The reset is not stored.')
  await transactions.save(tenant.name, { ...stored, journey: { state: { name: 'confirming' }, passed: [] } })
  await db.destroy()

  expect(stepOf(await visitor.get(link))).toBe('confirm-link')
  expect(stepOf(await visitor.submit('/u/reset-password'))).toBe('new-password')
  await server.stop()
})
