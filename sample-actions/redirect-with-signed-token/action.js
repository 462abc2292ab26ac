/**
 * Sends the user to an outside verifier with a signed token, and goes on only when the verifier's own signed answer says
 * `verified: true`.
 *
 * Secrets: `VERIFIER_URL`, where the user is sent; `TOKEN_SECRET`, at least 32 random bytes, known to the verifier.
 */

const tokenParameterName = 'session_token'

/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  const token = api.redirect.encodeToken({
    secret: event.secrets.TOKEN_SECRET ?? '',
    expiresInSeconds: 300,
    payload: { purpose: 'password-reset', email: event.user.email },
  })
  api.redirect.sendUserTo(event.secrets.VERIFIER_URL ?? '', { query: { [tokenParameterName]: token } })
}

/** @type {PasswordResetPostChallengeAction} */
exports.onContinuePostChallenge = async (event, api) => {
  // Throws, and so ends the reset, unless the token is signed with the secret, unexpired, and made for this very redirect
  // and user. A token of ours that is sent straight back lacks the `state` claim and is refused as well.
  const answer = api.redirect.validateToken({ secret: event.secrets.TOKEN_SECRET ?? '', tokenParameterName })
  if (answer.verified !== true) api.access.deny('We could not confirm that it is you.')
}
