// combines checks, a challenge, the cache and a redirect in one handler
const checks = [
  { name: 'verified', test: e => e.user.email_verified === true, score: 0 },
  { name: 'new', test: e => Date.parse(e.user.created_at) > Date.parse('2025-01-01'), score: 2 },
  { name: 'agent', test: e => /bot|curl/i.test(e.request.user_agent), score: 5 },
  { name: 'lang', test: ({ request: { language }, transaction: { ui_locales } }) => !ui_locales.includes(language?.split('-')[0]), score: 1 },
];
exports.onExecutePostChallenge = async (event, api) => {
  const hits = checks.filter(c => c.test(event));
  const score = hits.reduce((sum, { score }) => sum + score, 0);
  console.log('checks: %o, score: %d', hits.map(h => h.name), score);
  api.cache.set(`score:${event.user.user_id}`, String(score), { ttl: 3_600_000 });
  api.authentication.challengeWith({ type: 'otp' });
  if (score < 3) api.redirect.sendUserTo(`${event.secrets.ORIGIN}/kyc`, { query: { score: String(score) } });
  api.transaction.setResultUrl('https://app.acme.example/welcome');
};
