/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  const token = api.redirect.encodeToken({ secret: event.secrets.SHARED_SECRET, payload: { plan: event.secrets.PLAN } })
  api.redirect.sendUserTo('https://verifier.example/', { query: { token } })
}

/** @type {PasswordResetPostChallengeAction} */
exports.onContinuePostChallenge = async (event, api) => {
  const { approved } = api.redirect.validateToken({ secret: event.secrets.SHARED_SECRET })
  if (approved !== true) api.access.deny('The verifier did not approve.')
}
