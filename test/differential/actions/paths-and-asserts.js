// joins paths, asserts and decodes strings
const path = require('node:path');
const assert = require('assert');
const { StringDecoder } = require('string_decoder');
exports.onExecutePostChallenge = async (event, api) => {
  console.log(path.resolve('/a/b', '../c'), path.basename('/x/y.tar.gz', '.gz'), path.extname('.env'), path.parse('/srv/f.txt'), path.relative('/a/b', '/a/c/d'), path.posix === path, path.sep, path.normalize('/a//b/../c/'));
  assert.ok(true); assert.deepStrictEqual({ a: [1] }, { a: [1] });
  for (const check of [() => assert.strictEqual(1, 2), () => assert(false, 'own text'), () => assert.throws(() => {}), () => assert.equal('a', 'b')])
    try { check(); } catch (e) { console.log(e.name, e.code, e.message.split('\n')[0]); }
  const decoder = new StringDecoder('utf8');
  console.log(decoder.write(Buffer.from([0xe2, 0x82])) + decoder.write(Buffer.from([0xac])) + decoder.end(Buffer.from([0xe2])));
  console.log(require('punycode').toASCII('mañana.com'), require('os').EOL === '\n', typeof require('os').platform());
};
