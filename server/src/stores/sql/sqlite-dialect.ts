/** Kysely's SQLite dialect over `node:sqlite`. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { counted } from '../../thread-time.ts'
import { createStatements, type Statement } from './statements.ts'

export const sqliteDialect = (database: DatabaseSync): Dialect => ({
  createAdapter: () => new TransactionalDdlAdapter(),
  createDriver: () => createDriver(database),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
})

class TransactionalDdlAdapter extends SqliteAdapter {
  /** Kysely says no out of caution; SQLite rolls a schema change back like any other write. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

const createDriver = (database: DatabaseSync): Driver => {
  const connection = new NodeSqliteConnection(database)
  const run = async (sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }
  return {
    init: async () => {},
    // The adapter tells Kysely that there is one connection only: it hands it out to one query or transaction at a time.
    acquireConnection: async () => connection,
    releaseConnection: async () => {},
    // Takes the write lock at once: one that reads first could not get it later if another process wrote in between.
    beginTransaction: () => run('begin immediate'),
    commitTransaction: () => run('commit'),
    rollbackTransaction: () => run('rollback'),
    destroy: async () => database.close(),
  }
}

const pauseMs = 5
/** A write takes single milliseconds: whoever holds the lock for five seconds hangs. */
const attempts = 1_000

/**
 * `node:sqlite` is synchronous, so SQLite's own busy timeout would stop the whole server while another process writes.
 * Here a statement that was refused as busy, and has therefore done nothing, is tried again after a pause.
 */
class NodeSqliteConnection implements DatabaseConnection {
  readonly #statement: (sql: string, values: readonly SQLInputValue[]) => Statement

  constructor(database: DatabaseSync) {
    this.#statement = createStatements(database)
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return counted(() => this.#run<Row>(query))
      } catch (error) {
        if (!isBusy(error) || attempt === attempts) throw error
        await pause(pauseMs)
      }
    }
  }

  streamQuery(): never {
    throw new Error('Streaming is not supported: no query of this server needs it.')
  }

  #run<Row>({ sql, parameters }: CompiledQuery): QueryResult<Row> {
    const values = parameters as readonly SQLInputValue[]
    const { compiled, answersRows } = this.#statement(sql, values)
    if (answersRows) return { rows: compiled.all(...values) as Row[] }
    return { rows: [], numAffectedRows: BigInt(compiled.run(...values).changes) }
  }
}

/** SQLITE_BUSY is 5; the upper bytes tell why. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === 5
