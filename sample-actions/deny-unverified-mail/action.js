/**
 * Refuses a password reset to an account whose address has never been verified.
 *
 * @type {PasswordResetPostChallengeAction}
 */
exports.onExecutePostChallenge = async (event, api) => {
  // Only `true` counts: a missing value must not let anybody through.
  if (event.user.email_verified === true) return
  api.access.deny('Please verify your email address first, then ask for a new password again.')
}
