import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlite } from '../../../../server/src/stores/sql/database.ts'
import { createSqlEnrollmentStore } from '../../../../server/src/stores/sql/enrollment-store.ts'
import { createSqlTenantStore } from '../../../../server/src/stores/sql/tenant-store.ts'
import { createSqlUserStore } from '../../../../server/src/stores/sql/user-store.ts'
import { aUser } from '../../../contract/user.contract.ts'
import { addTenants, aTenant, createDatabaseFile, type DatabaseFile, vault } from '../../../support/database.ts'

let file: DatabaseFile
beforeEach(async () => {
  file = await createDatabaseFile()
})
afterEach(() => file.remove())

const totp = {
  id: 'totp|dev_1',
  userId: 'auth0|1',
  type: 'totp',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DP',
  createdAt: 0,
} as const

describe('opening', () => {
  test('what was stored is there when the database is opened again', async () => {
    const db = await file.open()
    await addTenants(db, ['acme'])
    expect((await createSqlTenantStore(await file.open()).find('acme'))?.name).toBe('acme')
  })

  test('several that open a new database at once all get the same schema', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => file.open()))
    await addTenants(opened[0]!, ['acme'])
    for (const db of opened) expect(await createSqlTenantStore(db).list()).toHaveLength(1)
  })

  test('a database of a newer version is refused, and left as it is', async () => {
    const db = await file.open()
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2100-01-01T00:00:00.000Z')`.execute(
      db,
    )
    await expect(file.open()).rejects.toThrow('9999-future')
    expect(await createSqlTenantStore(db).list()).toEqual([])
  })

  test('the folder is made, for its owner only', async () => {
    const folder = join(dirname(file.path), 'made', 'here')
    await (await openSqlite(join(folder, 'interlock.db'))).destroy()
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
  })

  test('a commit is on the disk before it is confirmed, and readers do not wait for writers', async () => {
    const db = await file.open()
    expect((await sql`pragma synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }])
    expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journalMode: 'wal' }])
    expect((await sql`pragma foreign_keys`.execute(db)).rows).toEqual([{ foreignKeys: 1 }])
  })
})

describe('a database that another process has locked', () => {
  test('a write waits for the lock without stopping the server', async () => {
    const tenants = createSqlTenantStore(await file.open())
    const other = new DatabaseSync(file.path)
    other.exec('begin immediate')
    let written = false
    const writing = tenants.create(aTenant('acme')).then((result) => {
      written = true
      return result
    })
    for (let turn = 0; turn < 100; turn += 1) await new Promise(setImmediate)
    expect(written).toBe(false)
    other.exec('commit')
    other.close()
    expect(await writing).toBe('created')
  })

  test('transactions that read before they write wait for each other, and none is lost', async () => {
    const nodes = [await file.open(), await file.open()]
    await createSqlTenantStore(nodes[0]!).create({ ...aTenant('acme'), createdAt: 0 })
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        nodes[index % 2]!.transaction().execute(async (transaction) => {
          const { createdAt } = await transaction.selectFrom('tenants').select('createdAt').executeTakeFirstOrThrow()
          await transaction
            .updateTable('tenants')
            .set({ createdAt: createdAt + 1 })
            .execute()
        }),
      ),
    )
    const tenant = await createSqlTenantStore(nodes[0]!).find('acme')
    expect(tenant?.createdAt).toBe(20)
  })
})

describe('at rest', () => {
  const bytesOnDisk = async (): Promise<Buffer> => {
    const folder = dirname(file.path)
    const names = await readdir(folder)
    return Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))))
  }

  test('a TOTP secret is nowhere in the files', async () => {
    const db = await file.open()
    await addTenants(db, ['acme'])
    await createSqlUserStore(db).create('acme', aUser({ name: 'Control Name' }))
    await createSqlEnrollmentStore(db, vault).add('acme', totp)
    const bytes = await bytesOnDisk()
    expect(bytes.includes('Control Name')).toBe(true)
    expect(bytes.includes(totp.id)).toBe(true)
    expect(bytes.includes(totp.secret)).toBe(false)
    expect(bytes.includes(Buffer.from(totp.secret).toString('base64url').slice(0, 20))).toBe(false)
  })

  test('a TOTP secret copied to another user or tenant does not open', async () => {
    const db = await file.open()
    await addTenants(db, ['acme', 'globex'])
    const enrollments = createSqlEnrollmentStore(db, vault)
    for (const tenant of ['acme', 'globex']) await createSqlUserStore(db).create(tenant, aUser())
    await enrollments.add('acme', totp)
    await sql`insert into enrollments select 'globex', id, user_id, type, name, created_at, last_auth_at, last_step,
      counter, code_hash, details, position from enrollments`.execute(db)
    await expect(enrollments.list('globex', 'auth0|1')).rejects.toThrow('cannot be decrypted')
    expect(await enrollments.list('acme', 'auth0|1')).toEqual([totp])
  })
})
