// signs with the default life, and lets the payload win over own claims
exports.onExecutePostChallenge = async (event, api) => {
  const token = api.redirect.encodeToken({ secret: event.secrets.SIGNING_SECRET, payload: { sub: 'somebody else', aud: ['x'] } });
  const parts = token.split('.');
  const { iss, ip, sub, aud } = JSON.parse(Buffer.from(parts[1], 'base64').toString());
  console.log(parts.length, iss, ip, sub, aud);
  api.redirect.sendUserTo(`https://a.example/?t=${token}`);
};
