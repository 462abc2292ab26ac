// parses addresses with the old url module and querystring
const url = require('url');
const qs = require('querystring');
exports.onExecutePostChallenge = async (event, api) => {
  const parsed = url.parse('https://user:pass@host.example:8080/p/a/t/h?a=1&a=2&b=%20x#hash', true);
  console.log(parsed.host, parsed.auth, parsed.query, parsed.pathname, parsed.hash, parsed.path);
  console.log(url.format({ protocol: 'https', hostname: 'h.example', pathname: '/x y', query: { a: [1, 2], b: 'ü' } }), url.resolve('/one/two', '../three'), url.resolve('http://a.example/b', '//c/d'));
  console.log(qs.parse('a=1&b=2&a=3&empty=&enc=%C3%BC+x'), qs.stringify({ a: ['x', 'y'], b: 'ü &', c: undefined, d: true }), qs.escape('a b'), qs.parse('a:1;b:2', ';', ':'));
  console.log(url.fileURLToPath('file:///tmp/a%20b'), url.pathToFileURL('/tmp/a b').href, url.domainToASCII('español.com'), url.parse('/relative?x=1').query);
};
