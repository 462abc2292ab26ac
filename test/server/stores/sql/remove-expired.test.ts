import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeExpired } from '../../../../server/src/stores/sql/remove-expired.ts'
import { createSqlStores } from '../../../../server/src/stores/sql/sql-stores.ts'
import { createSqlTenantStore } from '../../../../server/src/stores/sql/tenant-store.ts'
import { anExecution } from '../../../contract/execution.contract.ts'
import { aLogEntry } from '../../../contract/log.contract.ts'
import { aTicket } from '../../../contract/ticket.contract.ts'
import { aTransaction } from '../../../contract/transaction.contract.ts'
import { addTenants, createDatabaseFile, type DatabaseFile, vault } from '../../../support/database.ts'

let file: DatabaseFile
beforeEach(async () => {
  file = await createDatabaseFile()
})
afterEach(() => file.remove())

const tables = ['tickets', 'transactions', 'rateBuckets', 'rateWindows', 'actionCache'] as const

test('what has expired is removed, in every table and of every tenant; what has not stays', async () => {
  const db = await file.open()
  await addTenants(db, ['acme', 'globex'])
  const stores = createSqlStores(db, { vault })
  for (const tenant of ['acme', 'globex']) {
    for (const expiresAt of [1_000, 2_000]) {
      const name = `until-${expiresAt}`
      await stores.tickets.mint(tenant, aTicket({ hash: name, userId: name, createdAt: 0, expiresAt }))
      await stores.transactions.create(tenant, aTransaction({ id: name, createdAt: 0, expiresAt }))
      await stores.rateLimits.take(tenant, name, { burst: 1, refillMs: expiresAt }, 0)
      await stores.rateLimits.attempt(tenant, name, { most: 1, windowMs: expiresAt }, 0)
      const record = { value: '', expires_at: expiresAt }
      await stores.actionCache.apply(tenant, 'trigger', [{ type: 'set', key: name, record }], 0)
    }
  }
  const count = async () =>
    Promise.all(tables.map(async (table) => (await db.selectFrom(table).select('tenant').execute()).length))

  await removeExpired(db, 999)
  expect(await count()).toEqual(tables.map(() => 4))
  await removeExpired(db, 1_000)
  expect(await count()).toEqual(tables.map(() => 2))
  expect(await stores.tickets.find('acme', 'until-2000', 1_000)).toBeDefined()
})

test('an execution goes ten days after its last run where the operator says nothing else, with its results', async () => {
  const db = await file.open()
  await addTenants(db, ['acme'])
  const { executions } = createSqlStores(db, { vault })
  const tenDays = 10 * 86_400_000
  await executions.create('acme', anExecution({ createdAt: 0, updatedAt: 0 }))
  const result = { tenant: 'acme', executionId: 'execution-1', position: 0, result: '{}' }
  await db.insertInto('executionResults').values(result).execute()
  await executions.append('acme', 'execution-1', { results: [], status: 'suspended', now: 1_000 })

  await removeExpired(db, tenDays + 999)
  expect((await executions.find('acme', 'execution-1'))?.results).toHaveLength(1)
  await removeExpired(db, tenDays + 1_000)
  expect(await executions.find('acme', 'execution-1')).toBeUndefined()
  expect(await db.selectFrom('executionResults').select('position').execute()).toEqual([])
})

test('log entries and executions are kept for as many days as the operator says, tenant by tenant', async () => {
  const db = await file.open()
  await addTenants(db, ['acme', 'globex'])
  await createSqlTenantStore(db).update('globex', { limits: { logDays: 2 } })
  const { executions, logs } = createSqlStores(db, { vault })
  const day = 86_400_000
  for (const tenant of ['acme', 'globex']) {
    await executions.create(tenant, anExecution({ createdAt: 0, updatedAt: 0 }))
    // More than one statement removes.
    await logs.append(
      tenant,
      Array.from({ length: 1_200 }, () => aLogEntry({ date: 0 })),
    )
    await logs.append(tenant, [aLogEntry({ date: 9 * day })])
  }
  const kept = async (tenant: string) => ({
    entries: (await logs.after(tenant, undefined, 10_000)).length,
    execution: (await executions.find(tenant, 'execution-1')) !== undefined,
  })

  await removeExpired(db, 2 * day)
  expect(await kept('acme')).toEqual({ entries: 1_201, execution: true })
  expect(await kept('globex')).toEqual({ entries: 1, execution: false })
  await removeExpired(db, 10 * day)
  expect(await kept('acme')).toEqual({ entries: 1, execution: false })
})

test('ids go on where they were after every entry was removed', async () => {
  const db = await file.open()
  await addTenants(db, ['acme'])
  const { logs } = createSqlStores(db, { vault })
  await logs.append('acme', [aLogEntry({ date: 5_000 })])
  const [before] = await logs.after('acme', undefined, 1)
  await removeExpired(db, Date.now())
  await logs.append('acme', [aLogEntry({ date: 1_000 })])
  const [after] = await logs.after('acme', before?.id, 2)
  expect(after?.id && before?.id && after.id > before.id).toBe(true)
})
