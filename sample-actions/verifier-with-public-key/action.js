/**
 * Sends the user to an outside verifier that signs its answers with a private key (RS256), and goes on only when the answer
 * says `verified: true`. `api.redirect.validateToken` knows shared secrets only; this one needs no secret shared.
 *
 * Secrets: `VERIFIER_URL`, where the user is sent, and who the answer must be from; `VERIFIER_PUBLIC_KEY`, PEM.
 */

const jwt = require('jsonwebtoken')

/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  api.redirect.sendUserTo(event.secrets.VERIFIER_URL ?? '', { query: { user: event.user.user_id } })
}

/** @type {PasswordResetPostChallengeAction} */
exports.onContinuePostChallenge = async (event, api) => {
  // Throws, and so ends the reset, unless the key has signed it for this user, and it has not expired.
  const answer = jwt.verify(String(event.request.query.answer ?? ''), event.secrets.VERIFIER_PUBLIC_KEY ?? '', {
    algorithms: ['RS256'],
    subject: event.user.user_id,
    issuer: new URL(event.secrets.VERIFIER_URL ?? '').origin,
    maxAge: '5m',
  })
  // Without this an answer of an earlier reset could be used again.
  if (typeof answer === 'string' || answer.state !== event.request.query.state)
    throw new Error('It answers another redirect.')
  if (answer.verified !== true) api.access.deny('We could not confirm that it is you.')
}
