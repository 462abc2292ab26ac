// validates a token from the posted body by its own name
exports.onExecutePostChallenge = async (event, api) => {
  api.redirect.sendUserTo('https://verify.acme.example');
};
exports.onContinuePostChallenge = async (event, api) => {
  const { other } = api.redirect.validateToken({ secret: event.secrets.SIGNING_SECRET, tokenParameterName: 'other_token' });
  console.log(other, event.request.body.agreed);
  api.authentication.challengeWith({ type: 'otp' });
};
