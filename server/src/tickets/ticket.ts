/** The single-use secret in a link. Only its hash is stored. */
import { createHash } from 'node:crypto'
import type { AccountStamp } from '../users/account-stamp.ts'
import type { EnrollmentType } from '../users/enrollment.ts'

export interface Ticket {
  /** SHA-256 of the secret, hex. */
  hash: string
  purpose: 'reset' | 'enroll'
  userId: string
  /** Of the user when the link was made: it is dead once the account has changed. */
  account: AccountStamp
  /** Application the reset began in; the tenant's default one where the caller named none. */
  clientId?: string
  /** On whose behalf the reset was asked for. */
  organizationId?: string
  resultUrl?: string
  /** Languages asked for, in order. */
  uiLocales: string[]
  /** The address becomes verified when the reset is completed: the link has proved the mailbox. */
  marksEmailVerified: boolean
  /** Of an enrolment: the only kind that can be registered with it; any where it is absent. */
  enrolls?: EnrollmentType
  /** The user's address is added to the result URL. */
  includesEmailInRedirect: boolean
  createdAt: number
  expiresAt: number
  /** Who redeemed it: an opaque id. The same one may redeem again, so that a crash in between loses nothing. */
  redeemedBy?: string
}

/** 32 base62 characters carry 190 random bits: a plain hash suffices, and looking one up by it leaks no timing. */
export const hashTicket = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Unknown, expired, superseded, and spent by somebody else all look the same: `undefined`. */
export interface TicketStore {
  /** Stores the ticket and, in the same write, drops the user's earlier one of that purpose. */
  mint(tenant: string, ticket: Ticket): Promise<void>
  /** Reads without spending. One that was redeemed is found with its `redeemedBy`: it still opens for that one. */
  find(tenant: string, hash: string, now: number): Promise<Ticket | undefined>
  /** One conditional write: the first `by` wins, and wins again when it asks again. */
  redeem(tenant: string, hash: string, by: string, now: number): Promise<Ticket | undefined>
  /** Drops the user's open tickets of every purpose. */
  revokeAll(tenant: string, userId: string): Promise<void>
}
