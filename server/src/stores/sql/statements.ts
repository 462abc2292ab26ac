import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

export interface Statement {
  compiled: StatementSync
  answersRows: boolean
}

/** Texts differ with the conditions and the length of lists in them, so there are more than the queries of this server. */
const most = 500
/** A statement holds the values of its last run until the next one: kept ones must not add up to much. */
const mostValueLength = 16_384
/** Of its text. Texts this long insert many rows at once, and there is one for each number of rows. */
const longest = 8_192

const lengthOf = (value: SQLInputValue): number =>
  typeof value === 'string' ? value.length : ArrayBuffer.isView(value) ? value.byteLength : 8

const isSmall = (sql: string, values: readonly SQLInputValue[]): boolean =>
  sql.length <= longest && values.reduce<number>((sum, value) => sum + lengthOf(value), 0) <= mostValueLength

/** Compiled statements by their text, the least recently used out first: to compile one takes longer than most take to run. */
export const createStatements = (database: DatabaseSync) => {
  const kept = new Map<string, Statement>()

  const compile = (sql: string): Statement => {
    const compiled = database.prepare(sql)
    return { compiled, answersRows: compiled.columns().length > 0 }
  }

  /** Throws what SQLite has against the text. */
  return (sql: string, values: readonly SQLInputValue[] = []): Statement => {
    const statement = kept.get(sql) ?? compile(sql)
    kept.delete(sql)
    if (!isSmall(sql, values)) return statement
    kept.set(sql, statement)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return statement
  }
}
