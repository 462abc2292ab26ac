/** What a page shows: plain data, no lookups. `http` renders it or, for `redirect`, sends the browser on. */
import type { FactorSelector } from '@interlock/runtime'
import type { ResetOrigin } from '../branding/reset-origin.ts'
import type { ChallengeView } from '../factors/factor.ts'
import type { FailureReason } from '../flow/state.ts'

export type View =
  | {
      page: 'request'
      connection?: string
      clientId?: string
      organizationId?: string
      error?: 'invalid-email' | 'too-many-requests'
    }
  /** The same for known and unknown addresses. */
  | { page: 'check-email'; email: string }
  /** The link page: its button redeems the ticket. */
  | { page: 'confirm-link'; ticket: string; email: string }
  | { page: 'challenge'; challenge: ChallengeView; others: 'possible' | 'none'; error?: 'wrong-answer' }
  | { page: 'choose-factor'; choices: FactorSelector[] }
  | { page: 'prompt'; id: string; fields: Record<string, unknown> }
  | { page: 'new-password'; email: string; error?: 'too-short' | 'too-long' | 'mismatch' | 'same-as-account' }
  /** A leg is still running in another request; the page asks again by itself. */
  | { page: 'wait' }
  | { page: 'done'; resultUrl?: string }
  | { page: 'denied'; reason: string }
  | { page: 'failed'; because: FailureReason }
  | { page: 'expired' }
  | { page: 'redirect'; url: string }

/** Whose reset a page belongs to tells how it looks. */
export interface Shown {
  view: View
  origin: ResetOrigin
}
