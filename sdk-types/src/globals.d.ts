import type * as contract from './index.ts'

/**
 * The names authors use in JSDoc without importing them, as in `@type {PasswordResetPostChallengeAction}`.
 * Add `@interlock/sdk-types/globals` to `types` in a tsconfig or jsconfig.
 */
declare global {
  type PasswordResetPostChallengeAction = contract.PasswordResetPostChallengeAction
  type PasswordResetPostChallengeAPI = contract.PasswordResetPostChallengeAPI
  type PasswordResetPostChallengeEvent = contract.PasswordResetPostChallengeEvent
}
