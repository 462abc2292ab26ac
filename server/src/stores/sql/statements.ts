import type { DatabaseSync, StatementSync } from 'node:sqlite'

export interface Statement {
  compiled: StatementSync
  answersRows: boolean
}

/** Texts differ with the conditions and the length of lists in them, so there are more than the queries of this server. */
const most = 500

/** Compiled statements by their text, the least recently used out first: to compile one takes longer than most take to run. */
export const createStatements = (database: DatabaseSync) => {
  const kept = new Map<string, Statement>()

  const compile = (sql: string): Statement => {
    const compiled = database.prepare(sql)
    return { compiled, answersRows: compiled.columns().length > 0 }
  }

  /** Throws what SQLite has against the text. */
  return (sql: string): Statement => {
    const statement = kept.get(sql) ?? compile(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return statement
  }
}
