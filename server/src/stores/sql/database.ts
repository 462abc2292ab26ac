import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CamelCasePlugin, Kysely } from 'kysely'
import { migrate } from './migrations/migrate.ts'
import type { Schema } from './schema.ts'
import { sqliteDialect } from './sqlite-dialect.ts'

export type Database = Kysely<Schema>

/**
 * Opens the embedded database and brings its schema up to date. `destroy()` closes it. Rejects when the file was written
 * by a newer version of this server.
 */
export const openSqlite = async (path: string): Promise<Database> => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = new DatabaseSync(path, { enableForeignKeyConstraints: true })
  // FULL, not NORMAL: in WAL mode NORMAL may forget the last commits when the power fails, and a spent link would open again.
  file.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 0')
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file), plugins: [new CamelCasePlugin()] })
  try {
    await migrate(db)
  } catch (error) {
    file.close()
    throw error
  }
  return db
}
