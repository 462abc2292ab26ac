// sends the user away with a signed token and checks the one that comes back
exports.onExecutePostChallenge = async (event, api) => {
  const token = api.redirect.encodeToken({
    secret: event.secrets.SIGNING_SECRET,
    expiresInSeconds: 60,
    payload: { email: event.user.email, roles: event.authorization.roles, nested: { tier: event.client.metadata.tier } },
  });
  api.redirect.sendUserTo('https://verify.acme.example/check?session_token=old&keep=1', {
    query: { session_token: token, lang: event.request.language, n: 5, none: null, yes: true },
  });
};
exports.onContinuePostChallenge = async (event, api) => {
  const payload = api.redirect.validateToken({ secret: event.secrets.SIGNING_SECRET });
  console.log(payload.approved, payload.sub, event.request.method, Object.keys(event.request.query));
  if (payload.approved !== true) api.access.deny('not approved');
};
