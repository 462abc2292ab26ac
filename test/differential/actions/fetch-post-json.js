// posts JSON and reads what the server made of it
exports.onExecutePostChallenge = async (event, api) => {
  const res = await fetch(event.secrets.ORIGIN + '/echo', {
    method: 'post',
    headers: { 'Content-Type': 'application/json', 'x-api-key': event.secrets.API_KEY },
    body: JSON.stringify({ user: event.user, when: null, missing: undefined, list: [1, , 3] }),
  });
  console.log(res.status, res.statusText, res.headers.get('Content-Type'), res.type, res.redirected);
  console.log(await res.json());
};
