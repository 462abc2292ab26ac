/**
 * Reading through a table that may be large. SQLite answers on the server's one thread, so that nobody else can go on for as
 * long as a statement takes:
 *
 * - a part takes a few milliseconds, however dear the query is, and after each one everybody else has the thread
 * - one part of all searches is read in a turn of the event loop, tenants one after the other: whoever searches a hundred
 *   times at once delays the searches of others by one part each
 * - a search that has had the thread for thirty seconds in all is given up
 *
 * What is written between two parts may be found or not.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createFairQueue } from '../../fair-queue.ts'
import { SearchTooLong } from '../../search/too-long.ts'
import { measured } from '../../thread-time.ts'

/** There is one thread, so there is one line for all. */
const line = createFairQueue(1)

const partMs = 12
const mostMs = 30_000
/** Of a part. The dearest condition takes milliseconds for a single row. */
const rowsAtFirst = 64
const fewestRows = 8
const mostRows = 8_192

/** The next part has so many rows that it takes as long as one may, judged by the last one. */
const rowsAfter = (rows: number, ms: number): number => {
  const fitting = Math.round(rows * Math.min(4, Math.max(0.25, partMs / Math.max(ms, 0.1))))
  return Math.min(mostRows, Math.max(fewestRows, fitting))
}

/** A short piece of work on the database, when it is the tenant's turn. */
export const inTurn = <Result>(tenant: string, work: () => Promise<Result>): Promise<{ result: Result; ms: number }> =>
  line(tenant, async () => {
    await nextTurn()
    return measured(work)
  })

/** Calls `read` with the number of rows it may look at, until it answers that there is no more. */
export const readInParts = async (
  tenant: string,
  read: (rows: number) => Promise<'more' | 'done'>,
  bound = mostMs,
): Promise<void> => {
  let rows = rowsAtFirst
  for (let spentMs = 0; spentMs <= bound; ) {
    const { result, ms } = await inTurn(tenant, () => read(rows))
    if (result === 'done') return
    spentMs += ms
    rows = rowsAfter(rows, ms)
  }
  throw new SearchTooLong()
}
