import { readdir } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSqlClientGrantStore } from '../../../../server/src/stores/sql/client-grant-store.ts'
import { createSqlClientStore } from '../../../../server/src/stores/sql/client-store.ts'
import { createSqlConnectionStore } from '../../../../server/src/stores/sql/connection-store.ts'
import { migrations } from '../../../../server/src/stores/sql/migrations/migrate.ts'
import { sqliteDialect } from '../../../../server/src/stores/sql/sqlite-dialect.ts'
import { createSqlTenantStore } from '../../../../server/src/stores/sql/tenant-store.ts'
import { createDatabaseFile, type DatabaseFile } from '../../../support/database.ts'

let file: DatabaseFile
beforeEach(async () => {
  file = await createDatabaseFile()
})
afterEach(() => file.remove())

test('every migration that stands in the folder is applied, in the order of its number', async () => {
  const folder = new URL('../../../../server/src/stores/sql/migrations/', import.meta.url)
  const numbered = (await readdir(folder)).filter((name) => /^\d/.test(name)).toSorted()
  expect(Object.keys(migrations)).toEqual(numbered.map((name) => name.replace('.ts', '')))
  expect(numbered.map((name) => Number(name.slice(0, 4)))).toEqual(numbered.map((_, index) => index + 1))
})

describe('each table', () => {
  /** What belongs to no tenant; all else goes when its tenant goes. */
  const ofTheServer = ['kysely_migration', 'kysely_migration_lock', 'tenants']

  test('has the tenant first in its primary key, and goes with it', async () => {
    await file.open()
    const db = new DatabaseSync(file.path, { readOnly: true })
    const names = db.prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`).all()
    const tables = names.map(({ name }) => String(name)).filter((name) => !ofTheServer.includes(name))
    const rules = tables.map((name) => ({
      name,
      first: db.prepare(`select name from pragma_table_info(?) where pk = 1`).get(name)?.name,
      gone: db.prepare(`select on_delete from pragma_foreign_key_list(?) where "table" = 'tenants'`).get(name)
        ?.on_delete,
    }))
    db.close()
    expect(rules).toEqual(tables.map((name) => ({ name, first: 'tenant', gone: 'CASCADE' })))
    expect(tables).toContain('client_grants')
  })
})

test('a database from before searches and grants keeps its tenants, users, connections, and what clients may do', async () => {
  const then = new DatabaseSync(file.path, { enableForeignKeyConstraints: true })
  const db = new Kysely<unknown>({ dialect: sqliteDialect(then) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  expect((await migrator.migrateTo('0006-logs')).error).toBeUndefined()
  then.exec(`
    insert into tenants (name, domain, scheme, settings, factors, limits, created_at)
      values ('acme', 'acme.example', 'https', '{}', '[]', '{}', 1);
    insert into connections (tenant, id, name, strategy, metadata, created_at, position)
      values ('acme', 'con_1', 'users', 'auth0', '{}', 1, 1);
    insert into users (tenant, id, connection, email_verified, user_metadata, app_metadata, blocked, logins_count, created_at, updated_at)
      values ('acme', 'auth0|1', 'users', 1, '{"hobby":"Chess"}', '{"plan":{"level":2}}', 0, 0, 1, 1);
    insert into clients (tenant, client_id, name, secret_hash, metadata, management_scopes, created_at, position)
      values ('acme', 'robotrobotrobotrobot', 'Robot', 'h', '{}', '["read:users"]', 1, 1),
        ('acme', 'shopshopshopshopshop', 'Shop', 'h', '{}', '[]', 1, 2);`)
  await db.destroy()

  const now = await file.open()
  expect(await createSqlTenantStore(now).find('acme')).toMatchObject({ domain: 'acme.example', branding: {} })
  const connection = await createSqlConnectionStore(now).find('acme', 'con_1')
  expect(connection).toMatchObject({ id: 'con_1', kept: {} })
  expect(connection).not.toHaveProperty('enabledClients')
  const found = now.selectFrom('metadataValues').select(['userId', 'path', 'value', 'number']).orderBy('path')
  expect(await found.execute()).toEqual([
    { userId: 'auth0|1', path: 'app_metadata.plan.level', value: '2', number: 2 },
    { userId: 'auth0|1', path: 'user_metadata.hobby', value: 'chess', number: null },
  ])
  const clients = await createSqlClientStore(now).list('acme')
  expect(clients).toMatchObject([
    { name: 'Robot', appType: 'non_interactive' },
    { name: 'Shop', isFirstParty: true },
  ])
  const last = now.selectFrom('positions').select(['list', 'last']).where('tenant', '=', 'acme').orderBy('list')
  expect(await last.execute()).toEqual([
    { list: 'clientGrants', last: 1 },
    { list: 'clients', last: 2 },
    { list: 'connections', last: 1 },
  ])
  const grants = createSqlClientGrantStore(now)
  expect(await grants.findOf('acme', 'robotrobotrobotrobot')).toMatchObject({ allowsAllScopes: true })
  expect(await grants.findOf('acme', 'shopshopshopshopshop')).toBeUndefined()
})
