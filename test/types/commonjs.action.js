/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  const factors = event.user.enrolledFactors.map(({ type }) => ({ type }))
  if (event.user.groups?.includes('blocked') || event.request.geoip.countryCode === 'XX') {
    api.access.deny(`no reset for ${event.user.email ?? event.user.user_id}`)
  }
  const seen = api.cache.get(event.user.user_id)
  if (!seen) api.cache.set(event.user.user_id, event.request.ip, { ttl: 60_000 })

  const token = api.redirect.encodeToken({ secret: event.secrets.SHARED ?? '', payload: { factors } })
  api.redirect.sendUserTo('https://verify.example', { query: { session_token: token } })
}

/** @type {PasswordResetPostChallengeAction} */
exports.onContinuePostChallenge = async (event, api) => {
  const { verified } = api.redirect.validateToken({ secret: event.secrets.SHARED ?? '' })
  if (!verified) return api.access.deny('not verified')
  api.authentication.challengeWith({ type: 'push' }, { additionalFactors: event.user.enrolledFactors })
  api.authentication.challengeWithAny([{ type: 'email' }, { type: 'sms' }])
  api.transaction.setResultUrl('https://app.example', { query: { reset: 'done' } })
}
