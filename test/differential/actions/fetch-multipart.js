// sends a multipart form
exports.onExecutePostChallenge = async (event, api) => {
  const form = new FormData();
  form.append('user', event.user.user_id);
  form.append('note', 'über');
  form.set('user', 'replaced');
  console.log([...form.keys()], form.get('note'), form.getAll('user'), form.has('none'));
  const request = new Request(event.secrets.ORIGIN + '/echo', { method: 'POST', body: new URLSearchParams(form) });
  console.log(request.method, request.headers.get('content-type'));
  console.log(await (await fetch(request)).json());
};
