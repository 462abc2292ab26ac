import type { PasswordResetPostChallengeAPI } from './api.ts'
import type { PasswordResetPostChallengeEvent } from './event.ts'

/** The shape of both handlers. Must be an `async` function; what it resolves with is ignored. */
export type PasswordResetPostChallengeHandler = (
  event: PasswordResetPostChallengeEvent,
  api: PasswordResetPostChallengeAPI,
) => Promise<void>

/** Both handlers' type, under the name the vendor's documentation uses in `@type` comments. */
export type PasswordResetPostChallengeAction = PasswordResetPostChallengeHandler

/** What an action's module exports. */
export interface PasswordResetPostChallengeModule {
  /** Runs once per action and reset, after the mail link and before the new password. */
  onExecutePostChallenge: PasswordResetPostChallengeHandler
  /** Runs when the user comes back from this action's own redirect or prompt. */
  onContinuePostChallenge?: PasswordResetPostChallengeHandler
}
