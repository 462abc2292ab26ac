/** The action every comparison runs, and the event it is given. */
export const source = `/**@type {PasswordResetPostChallengeAction}**/
module.exports.onExecutePostChallenge = async (event, api) => {
  const enrolledFactors = event.user.enrolledFactors.map((x) => ({ type: x.type }));
  api.authentication.challengeWith({ type: 'webauthn-roaming' }, { additionalFactors: enrolledFactors });
};
`

export const event = {
  authentication: { methods: [{ name: 'email', timestamp: '2026-01-01T00:00:00.000Z' }] },
  client: { client_id: 'app', name: 'App', metadata: {} },
  connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0' },
  request: { ip: '203.0.113.7', hostname: 'login.acme.example', method: 'GET', query: {}, body: {}, geoip: {} },
  tenant: { id: 'acme' },
  user: {
    user_id: 'auth0|ada',
    email: 'ada@acme.example',
    enrolledFactors: [{ type: 'otp' }, { type: 'webauthn-roaming' }],
  },
}
