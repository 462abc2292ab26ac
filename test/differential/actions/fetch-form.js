// posts a form for a token, then uses it
exports.onExecutePostChallenge = async (event, api) => {
  const { ORIGIN, API_KEY } = event.secrets;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_secret: API_KEY, audience: `${ORIGIN}/api/` });
  form.append('scope', 'read:users write:users');
  const token = await fetch(`${ORIGIN}/oauth/token`, { method: 'POST', body: form }).then(r => r.json());
  console.log(form.toString(), token);
  const answer = await fetch(`${ORIGIN}/echo`, { headers: new Headers([['authorization', `${token.token_type} ${token.access_token}`]]) });
  console.log((await answer.json()).authorization);
};
