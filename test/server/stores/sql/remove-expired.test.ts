import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeExpired } from '../../../../server/src/stores/sql/remove-expired.ts'
import { createSqlStores } from '../../../../server/src/stores/sql/sql-stores.ts'
import { anExecution } from '../../../contract/execution.contract.ts'
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

test('an execution goes ten days after its last run, with its results', async () => {
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
