// counts in the cache and bounds the life of what it keeps
exports.onExecutePostChallenge = async (event, api) => {
  const known = api.cache.get('known');
  const hits = known ? JSON.parse(known.value).hits + 1 : 1;
  console.log(known.value, api.cache.get('unknown'));
  const stored = api.cache.set('known', JSON.stringify({ hits }), { ttl: 60_000 });
  console.log(stored.type, stored.record.value, api.cache.get('known').value);
  console.log(api.cache.set('x'.repeat(65), 'v'), api.cache.set('big', 'v'.repeat(4097)), api.cache.set('old', 'v', { expires_at: 5 }));
  api.cache.set('default', 'life');
  api.cache.set('long', 'life', { ttl: 1e10 });
  console.log(api.cache.delete('known'), api.cache.delete('known'), api.cache.get('known'));
};
