import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSqlClientGrantStore } from '../../../../server/src/stores/sql/client-grant-store.ts'
import { createSqlClientStore } from '../../../../server/src/stores/sql/client-store.ts'
import { createSqlConnectionStore } from '../../../../server/src/stores/sql/connection-store.ts'
import { createSqlEdits } from '../../../../server/src/stores/sql/edits.ts'
import { createSqlUserStore } from '../../../../server/src/stores/sql/user-store.ts'
import { aClient } from '../../../contract/client.contract.ts'
import { aUser } from '../../../contract/user.contract.ts'
import { addTenants, createDatabaseFile, type DatabaseFile } from '../../../support/database.ts'

let file: DatabaseFile
beforeEach(async () => {
  file = await createDatabaseFile()
})
afterEach(() => file.remove())

type Edits = ReturnType<typeof createSqlEdits>
type Kept = Readonly<Record<string, unknown>>

const oneMore = (kept: Kept): { count: number } => ({ count: Number(kept.count ?? 0) + 1 })

/** Each counts one on where its record keeps whatever it is given, and says how far the count is. */
const countOn: { [Edit in Exclude<keyof Edits, 'completeReset'>]: (edits: Edits) => Promise<unknown> } = {
  editTenant: async ({ editTenant }) => {
    const counted = ({ limits }: { limits: { wallMs?: number } }) => ({ limits: { wallMs: (limits.wallMs ?? 0) + 1 } })
    const tenant = await editTenant('acme', counted)
    return typeof tenant === 'object' ? tenant.limits.wallMs : tenant
  },
  editSettings: async ({ editSettings }) => {
    const change = ({ kept }: { kept: Kept }) => ({ patch: {}, kept: oneMore(kept) })
    return (await editSettings('acme', { subject: 'prompts', change }))?.kept.count
  },
  editUser: async ({ editUser }) => {
    const change = ({ appMetadata }: { appMetadata: Kept }) => ({ appMetadata: oneMore(appMetadata) })
    const user = await editUser('acme', 'auth0|1', { now: 1, change })
    return typeof user === 'object' ? user.appMetadata.count : user
  },
  editClient: async ({ editClient }) =>
    (await editClient('acme', 'client-1', ({ kept }) => ({ kept: oneMore(kept) })))?.kept.count,
  editClientGrant: async ({ editClientGrant }) =>
    (await editClientGrant('acme', 'cgr_1', ({ kept }) => ({ kept: oneMore(kept) })))?.kept.count,
  editConnection: async ({ editConnection }) =>
    (await editConnection('acme', 'con_1', ({ kept }) => ({ kept: oneMore(kept) })))?.kept.count,
}

test.each(Object.entries(countOn))('%s: of ten edits at once, by two servers, each counts', async (_, edit) => {
  const dbs = [await file.open(), await file.open()] as const
  await addTenants(dbs[0], ['acme'])
  await createSqlUserStore(dbs[0]).create('acme', aUser())
  await createSqlClientStore(dbs[0]).create('acme', aClient({ clientId: 'client-1' }))
  const grant = { id: 'cgr_1', clientId: 'client-1', scopes: [], allowsAllScopes: false, kept: {} }
  await createSqlClientGrantStore(dbs[0]).create('acme', grant)
  const connection = { id: 'con_1', name: 'users', strategy: 'auth0' as const, metadata: {}, kept: {}, createdAt: 1 }
  await createSqlConnectionStore(dbs[0]).create('acme', connection)

  const counts = await Promise.all(Array.from({ length: 10 }, (_, index) => edit(createSqlEdits(dbs[index % 2]!))))
  expect(counts.toSorted((one, other) => Number(one) - Number(other))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})
