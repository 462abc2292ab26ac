/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  const additionalFactors = event.user.enrolledFactors.map(({ type }) => ({ type }))
  api.authentication.challengeWith({ type: 'webauthn-roaming' }, { additionalFactors })
}
