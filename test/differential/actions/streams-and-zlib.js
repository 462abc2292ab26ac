// pipes streams and packs with zlib
const { Readable, Transform, PassThrough, pipeline } = require('stream');
const { pipeline: piped } = require('stream/promises');
const zlib = require('zlib');
exports.onExecutePostChallenge = async (event, api) => {
  const upper = new Transform({ transform(chunk, _, done) { done(null, chunk.toString().toUpperCase()); } });
  const out = [];
  await piped(Readable.from(['a', 'b', 'ü']), upper, async function (source) { for await (const c of source) out.push(c.toString()); });
  console.log(out.join(''));
  const packed = zlib.gzipSync(JSON.stringify(event.user));
  console.log(JSON.parse(zlib.gunzipSync(packed)).email, zlib.inflateSync(zlib.deflateSync('x'.repeat(100))).length, zlib.deflateRawSync('hello').toString('base64'), zlib.brotliDecompressSync(zlib.brotliCompressSync('br')).toString());
  console.log(await new Promise((resolve, reject) => zlib.gunzip(Buffer.from('not gzip'), (e, r) => resolve([e?.code, e?.message, r]))), zlib.crc32('hello'));
  const pass = new PassThrough();
  const read = (async () => { let t = ''; for await (const c of pass) t += c; return t; })();
  pass.write('one '); pass.end('two');
  console.log(await read);
  await new Promise(done => pipeline(Readable.from([1, 2]), new Transform({ objectMode: true, transform(n, _, cb) { cb(n === 2 ? new Error('two') : null, n); } }), new PassThrough({ objectMode: true }), e => { console.log('pipeline:', e?.message); done(); }));
};
