// reads bodies as text, bytes, blob and stream
exports.onExecutePostChallenge = async (event, api) => {
  const get = path => fetch(event.secrets.ORIGIN + path);
  console.log(JSON.stringify(await (await get('/text')).text()));
  console.log(new Uint8Array(await (await get('/bytes')).arrayBuffer()));
  console.log(Buffer.from(await (await get('/bytes')).arrayBuffer()));
  const blob = await (await get('/text')).blob();
  console.log(blob.size, blob.type, await blob.text());
  console.log(await (await get('/gzip')).text());
  const chunks = [];
  for await (const chunk of (await get('/bytes')).body) chunks.push(...chunk);
  console.log(chunks);
  const empty = await get('/empty');
  console.log(empty.status, empty.body, await empty.text());
  await (await get('/broken')).json().catch(error => console.log(error.name, error.message));
};
