/**
 * What an account was when a link was made for it. The link, and the reset begun with it, count only while it still is
 *
 * - the same mailbox: whoever has lost an address keeps no way in through a mail that was sent there
 * - the same password: each one that is set ends every open link and reset
 * - the same account, and not one made later under the same id
 *
 * Compared for equality, never by time: the clocks of two nodes differ.
 */
import type { User } from './user.ts'

export type AccountStamp = Pick<User, 'email' | 'createdAt' | 'passwordChangedAt'>

export const stampOf = ({ email, createdAt, passwordChangedAt }: AccountStamp): AccountStamp => ({
  ...(email !== undefined && { email }),
  createdAt,
  ...(passwordChangedAt !== undefined && { passwordChangedAt }),
})

export const isUnchanged = (stamp: AccountStamp, user: AccountStamp): boolean =>
  stamp.email === user.email && stamp.createdAt === user.createdAt && stamp.passwordChangedAt === user.passwordChangedAt
