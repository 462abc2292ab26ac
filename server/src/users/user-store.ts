import type { AccountStamp } from './account-stamp.ts'
import type { User, UserPatch } from './user.ts'
import type { UserSearch } from './user-search.ts'

export interface UserStore {
  /** `exists`: the id, or the e-mail address or user name within the connection, is taken. */
  create(tenant: string, user: User): Promise<'created' | 'exists'>
  find(tenant: string, id: string): Promise<User | undefined>
  /** Those that there are, in the order of the ids. */
  findAll(tenant: string, ids: readonly string[]): Promise<User[]>
  /** Addresses and user names are compared in lower case. */
  findByEmail(tenant: string, connection: string, email: string): Promise<User | undefined>
  findByUsername(tenant: string, connection: string, username: string): Promise<User | undefined>
  /** In every connection that is there, in the order of these. */
  findByAddress(tenant: string, email: string): Promise<User[]>
  /** `total` counts all that match; of them the first `mostUsers` can be paged through. */
  search(tenant: string, search: UserSearch): Promise<{ items: User[]; total: number }>
  /** `undefined` as a value removes the field. */
  update(tenant: string, id: string, patch: UserPatch, now: number): Promise<User | 'exists' | undefined>
  /**
   * Ends a reset in one conditional write: wins only when the user is not blocked and the account is still what its stamp
   * says. Sets the password, `passwordChangedAt`, `lastPasswordReset` and `lastResetBy` (the transaction's id), and where
   * the link has proved the mailbox `emailVerified`; every other link and reset of the user is dead from then on.
   */
  completeReset(
    tenant: string,
    id: string,
    reset: { passwordHash: string; account: AccountStamp; by: string; marksEmailVerified: boolean; now: number },
  ): Promise<'completed' | 'superseded'>
  remove(tenant: string, id: string): Promise<'removed' | 'unknown'>
}
