import type { Artifact } from '@interlock/runtime'
import { describe, expect, test } from 'vitest'
import { createSqlActionStore } from '../../server/src/stores/sql/action-store.ts'
import { createSqlPreparationStore } from '../../server/src/stores/sql/preparation-store.ts'
import { addTenants, createDatabaseFile } from '../support/database.ts'
import { now, type OpenEngine, otherTenant, tenant } from './engine.ts'
import { type PreparationStores, preparationStoreContract } from './preparation-store.contract.ts'

const openFile = async () => {
  const file = await createDatabaseFile()
  const db = await file.open()
  await addTenants(db, [tenant, otherTenant])
  return { file, db }
}

describe('preparations on SQLite', () => {
  const open: OpenEngine<PreparationStores> = async () => {
    const { file, db } = await openFile()
    let time = now
    const clock = { now: () => time }
    const advance = (ms: number) => {
      time += ms
    }
    const [one, two] = [db, await file.open()].map((opened) => ({
      preparations: createSqlPreparationStore(opened, clock),
      advance,
    }))
    if (!one || !two) throw new Error('two nodes')
    return { one, two, close: file.remove }
  }

  preparationStoreContract(open)

  test('goes with the last artifact it was made of', async () => {
    const { file, db } = await openFile()
    const actions = createSqlActionStore(db)
    const preparations = createSqlPreparationStore(db, { now: () => now })
    const artifact: Artifact = {
      hash: 'h'.repeat(64),
      code: 'code',
      sourceMap: '{}',
      fileName: 'action.js',
      dear: true,
    }
    const key = { artifact: `action.js:${artifact.hash}`, engine: 'engine' }
    await preparations.keep(tenant, key, { kind: 'snapshot', bytes: Buffer.from('it'), sha256: 's'.repeat(64) })
    for (const [id, sourceMap] of [
      ['one', '{}'],
      ['two', '{ }'],
    ] as const) {
      const content = { code: 'code', runtime: 'node22', secrets: [], dependencies: [], createdAt: now }
      await actions.create(tenant, { id, name: id, trigger: 'password-reset-post-challenge', ...content }, 10)
      const built = { status: 'built', artifact: { ...artifact, sourceMap }, packages: [], warnings: [], now } as const
      await actions.noteBuild(tenant, { actionId: id, revision: 1 }, built)
    }
    await actions.remove(tenant, 'one', 'go-too')
    expect(await preparations.find(tenant, key)).toBeDefined()
    await actions.remove(tenant, 'two', 'go-too')
    expect(await preparations.find(tenant, key)).toBeUndefined()
    await file.remove()
  })

  test('goes with its tenant', async () => {
    const { file, db } = await openFile()
    const preparations = createSqlPreparationStore(db, { now: () => now })
    const key = { artifact: 'action.js:a', engine: 'engine' }
    await preparations.keep(tenant, key, { kind: 'none', refused: 'no', bytes: new Uint8Array(), sha256: '' })
    await db.deleteFrom('tenants').where('name', '=', tenant).execute()
    expect(await preparations.find(tenant, key)).toBeUndefined()
    await file.remove()
  })
})
