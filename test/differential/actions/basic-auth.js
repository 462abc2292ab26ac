// sends basic credentials made with Buffer
exports.onExecutePostChallenge = async (event, api) => {
  const credentials = Buffer.from(`${event.client.client_id}:${event.secrets.API_KEY}`).toString('base64');
  const res = await fetch(`${event.secrets.ORIGIN}/echo?x=1&y=a%20b`, { headers: { Authorization: 'Basic ' + credentials, Accept: '*/*' } });
  const { authorization, query } = await res.json();
  console.log(Buffer.from(authorization.slice(6), 'base64').toString(), query);
};
