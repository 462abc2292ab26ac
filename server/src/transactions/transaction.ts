/** One user's journey through the flow, as stored. Short-lived; every change is a compare-and-set by revision. */
import type { PinnedAction, VersionPins } from '../actions/catalogue.ts'
import type { Journey } from '../flow/state.ts'
import type { AccountStamp } from '../users/account-stamp.ts'

export interface Transaction {
  /** SHA-256 of the browser's secret, base64url: knowing it is of no use without the cookie. */
  id: string
  purpose: 'password-reset'
  userId: string
  /** Of the ticket it was begun with: the reset is dead once the account has changed. */
  account: AccountStamp
  connection: string
  clientId: string
  /** Of the ticket. */
  organizationId?: string
  uiLocales: string[]
  /** Hash of the ticket it was begun with: the same link in the same browser resumes. */
  ticketHash: string
  includesEmailInRedirect: boolean
  /** The address becomes verified when the reset is completed: the link has proved the mailbox. */
  marksEmailVerified: boolean
  pinned: PinnedAction[]
  /** The pipeline's execution record; absent when nothing is bound. */
  executionId?: string
  journey: Journey
  revision: number
  createdAt: number
  expiresAt: number
}

export interface TransactionStore extends VersionPins {
  /** Answers the stored one when there is one with that id already. */
  create(tenant: string, transaction: Transaction): Promise<Transaction>
  load(tenant: string, id: string, now: number): Promise<Transaction | undefined>
  /** Wins only when the stored revision is `transaction.revision`; the stored one then has the next revision. */
  save(tenant: string, transaction: Transaction): Promise<Transaction | 'conflict'>
}
