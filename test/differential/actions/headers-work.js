// treats header names without regard to case
exports.onExecutePostChallenge = async (event, api) => {
  const headers = new Headers({ 'X-B': '1', Accept: 'application/json' });
  headers.append('x-b', '2');
  headers.set('A', 'first');
  headers.delete('ACCEPT');
  console.log([...headers], headers.has('X-b'), headers.get('nope'));
  headers.forEach((value, name) => console.log(`${name}=${value}`));
  const response = await fetch(event.secrets.ORIGIN + '/cookies', { headers });
  console.log(response.headers.getSetCookie(), response.headers.get('set-cookie'));
};
