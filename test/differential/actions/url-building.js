// builds and takes apart addresses with URL and URLSearchParams
exports.onExecutePostChallenge = async (event, api) => {
  const url = new URL('../päth/to?x=1&x=2&y=%20#frag', 'https://user:pa%3Ass@EXAMPLE.com:8443/a/b/c');
  console.log(url.href, url.origin, url.host, url.username, url.password, url.pathname, url.search, url.hash, url.port);
  console.log(url, url.searchParams, [...url.searchParams.entries()], String(url) === url.toJSON());
  url.searchParams.set('x', 'ü & +'); url.searchParams.append('z', 'a b'); url.searchParams.sort(); url.port = '443'; url.hash = ''; url.protocol = 'http';
  console.log(url.href, url.searchParams.size, url.searchParams.has('x', 'ü & +'), URL.canParse('nope'), URL.canParse('/x', 'http://a'), URL.parse('nope'));
  const params = new URLSearchParams('?a=1&a=2&b=%zz&c');
  params.delete('a', '1');
  console.log(params.toString(), params.getAll('a'), Object.fromEntries(params), new URLSearchParams([['q', 'é']]).toString(), new URLSearchParams({ n: 1 }) + '');
  try { new URL('/only/path'); } catch (e) { console.log(e.name, e.code, e.message, e.input); }
  console.log(new URL('http://ünïcode.example/').hostname, new URL('HTTP://1.2.3/').host, new URL('file:///c:/x').pathname, new URL('https://[::1]:80').host);
  api.redirect.sendUserTo(url.href);
};
