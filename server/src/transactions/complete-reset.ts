import type { NewLogEntry } from '../logs/log-entry.ts'
import type { AccountStamp } from '../users/account-stamp.ts'

/**
 * Sets the new password and writes the log entry about it, in one transaction: no password changes without a trace.
 * `superseded`, and nothing is written, where the account has changed since `account`.
 */
export type CompleteReset = (
  tenant: string,
  userId: string,
  completion: {
    reset: { passwordHash: string; account: AccountStamp; by: string; marksEmailVerified: boolean; now: number }
    entry: NewLogEntry
  },
) => Promise<'completed' | 'superseded'>
