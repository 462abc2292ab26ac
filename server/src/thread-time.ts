/**
 * What somebody keeps the server's one thread for while nobody else can go on: SQLite answers on it. It is counted where it
 * happens, for whoever has asked, so that nobody pays for waiting for others.
 */
import { AsyncLocalStorage } from 'node:async_hooks'

export interface ThreadTime {
  ms: number
}

const accounts = new AsyncLocalStorage<ThreadTime>()

/** What `work` and all that it starts takes is added to `account`. */
export const onAccount = <Result>(account: ThreadTime, work: () => Result): Result => accounts.run(account, work)

/** Synchronous work, on the account of whoever asks for it. */
export const counted = <Result>(work: () => Result): Result => {
  const account = accounts.getStore()
  if (!account) return work()
  const startedAt = performance.now()
  try {
    return work()
  } finally {
    account.ms += performance.now() - startedAt
  }
}

/** What `work` takes; it is on the account of whoever asks for it as well. */
export const measured = async <Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> => {
  const [own, outer] = [{ ms: 0 }, accounts.getStore()]
  try {
    const result = await accounts.run(own, work)
    return { result, ms: own.ms }
  } finally {
    if (outer) outer.ms += own.ms
  }
}
