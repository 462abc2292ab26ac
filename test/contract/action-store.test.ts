import { describe } from 'vitest'
import { createSqlBindingStore } from '../../server/src/stores/sql/action-binding-store.ts'
import { createSqlActionStore } from '../../server/src/stores/sql/action-store.ts'
import { createSqlActionVersionStore } from '../../server/src/stores/sql/action-version-store.ts'
import type { Database } from '../../server/src/stores/sql/database.ts'
import { addTenants, createDatabaseFile } from '../support/database.ts'
import { type ActionStores, actionStoreContract } from './action-store.contract.ts'
import { type OpenEngine, otherTenant, tenant } from './engine.ts'

const storesOn = (db: Database): ActionStores => ({
  actions: createSqlActionStore(db),
  versions: createSqlActionVersionStore(db),
  bindings: createSqlBindingStore(db),
  countArtifacts: async (owner) =>
    (await db.selectFrom('actionArtifacts').select('key').where('tenant', '=', owner).execute()).length,
})

describe('actions on SQLite', () => {
  const open: OpenEngine<ActionStores> = async () => {
    const file = await createDatabaseFile()
    const [one, two] = [await file.open(), await file.open()]
    await addTenants(one, [tenant, otherTenant])
    return { one: storesOn(one), two: storesOn(two), close: file.remove }
  }

  actionStoreContract(open)
})
