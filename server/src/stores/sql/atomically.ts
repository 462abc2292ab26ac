import type { Database } from './database.ts'

/** Does the work in the transaction that is under way, else in one of its own. */
export const atomically = <Result>(db: Database, work: (db: Database) => Promise<Result>): Promise<Result> =>
  db.isTransaction ? work(db) : db.transaction().execute(work)
