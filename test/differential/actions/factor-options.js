// passes factor options, and resolves aliases
exports.onExecutePostChallenge = async (event, api) => {
  api.authentication.challengeWith({ type: 'phone', options: { preferredMethod: 'voice' } });
  api.authentication.challengeWith({ type: 'push-notification', options: { otpFallback: true } }, {
    additionalFactors: [{ type: 'sms' }, { type: 'recovery-code' }, { type: 'email' }],
  });
  api.authentication.challengeWithAny(event.user.enrolledFactors);
};
