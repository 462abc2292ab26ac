/** SQLite files of their own, and the two tenants every store suite needs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEncryptionKeys } from '../../server/src/crypto/encryption-keys.ts'
import { createVault } from '../../server/src/crypto/vault.ts'
import { type Database, openSqlite } from '../../server/src/stores/sql/database.ts'
import { createSqlTenantStore } from '../../server/src/stores/sql/tenant-store.ts'
import type { Tenant } from '../../server/src/tenants/tenant.ts'

export const vault = createVault(parseEncryptionKeys(`test:${Buffer.alloc(32, 7).toString('base64')}`))

export interface DatabaseFile {
  path: string
  /** A handle of its own, as another process would have; closed by `remove`. */
  open(): Promise<Database>
  remove(): Promise<void>
}

export const createDatabaseFile = async (): Promise<DatabaseFile> => {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-database-'))
  const path = join(folder, 'interlock.db')
  const opened: Database[] = []
  return {
    path,
    async open() {
      const db = await openSqlite(path)
      opened.push(db)
      return db
    },
    async remove() {
      await Promise.all(opened.map((db) => db.destroy()))
      await rm(folder, { recursive: true })
    },
  }
}

export const aTenant = (name: string): Tenant => ({
  name,
  domain: `${name}.localhost:3000`,
  scheme: 'http',
  settings: { reset_mfa: 'if-enrolled', allow_same_channel: 'when-asked-by-action' },
  factors: ['otp', 'email'],
  limits: {},
  branding: {},
  createdAt: Date.now(),
})

export const addTenants = async (db: Database, names: readonly string[]): Promise<void> => {
  const tenants = createSqlTenantStore(db)
  for (const name of names) await tenants.create(aTenant(name))
}
