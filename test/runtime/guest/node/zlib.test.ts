/** Packing and unpacking: the same calls in this Node and in an isolate. */
import { expect, test } from 'vitest'
import { evaluate } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const zlib = require('zlib')
  const { Readable, pipeline } = require('stream')
  const text = 'some text that repeats: '.repeat(500) + 'é€😀'
  const bytes = Uint8Array.from({ length: 3000 }, (_, index) => (index * index) & 255)
  const called = (run) => new Promise((done) => run((...results) => done(results)))
  const gathered = (stream) => new Promise((done) => {
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk)).on('end', () => done(Buffer.concat(chunks))).on('error', done)
  })`

const same = async (expressions: readonly string[]) => expect(await differencesFromNode(expressions, setup)).toEqual([])

const methods = ['gzip', 'deflate', 'deflateRaw', 'brotliCompress', 'zstdCompress']
const back: Record<string, string> = {
  gzip: 'gunzip',
  deflate: 'inflate',
  deflateRaw: 'inflateRaw',
  brotliCompress: 'brotliDecompress',
  zstdCompress: 'zstdDecompress',
}

test.each(methods)('%s packs as Node does, and is unpacked', (method) =>
  same([
    `zlib.${method}Sync(text).toString('base64')`,
    `zlib.${method}Sync(bytes).length`,
    `zlib.${method}Sync('')`,
    `zlib.${back[method]}Sync(zlib.${method}Sync(text)).toString() === text`,
    `called((done) => zlib.${method}(bytes, done)).then(([error, packed]) => [error, zlib.${back[method]}Sync(packed).equals(bytes)])`,
    `called((done) => zlib.${back[method]}(zlib.${method}Sync(text), done)).then(([error, plain]) => [error, plain.length])`,
    `called((done) => zlib.${back[method]}(Buffer.from('nonsense'), done)).then(([error]) => [error.message, error.code, error.errno])`,
    `zlib.${back[method]}Sync(Buffer.from('nonsense'))`,
    `zlib.${back[method]}Sync(zlib.${method}Sync(text).subarray(0, -5))`,
    `zlib.${back[method]}Sync(zlib.${method}Sync(text), { maxOutputLength: 10 })`,
    `called((done) => zlib.${back[method]}(zlib.${method}Sync(text), { maxOutputLength: 10 }, done)).then(([error]) => [error.name, error.code])`,
    `zlib.${method}Sync(5)`,
    `zlib.${method}(bytes)`,
    `require('util').promisify(zlib.${method})(text).then((packed) => zlib.${back[method]}Sync(packed).length)`,
    `gathered(Readable.from([Buffer.from(text)]).pipe(zlib.create${method[0]?.toUpperCase()}${method.slice(1)}())).then((packed) => zlib.${back[method]}Sync(packed).toString() === text)`,
    `gathered(Readable.from([zlib.${method}Sync(text)]).pipe(zlib.create${back[method]?.[0]?.toUpperCase()}${back[method]?.slice(1)}())).then((plain) => plain.toString() === text)`,
    `gathered(Readable.from([Buffer.from('nonsense')]).pipe(zlib.create${back[method]?.[0]?.toUpperCase()}${back[method]?.slice(1)}())).then((error) => [error.message, error.code, error.errno])`,
  ]),
)

test('options', () =>
  same([
    `zlib.gzipSync(text, { level: 1 }).length`,
    `zlib.deflateSync(text, { level: 0 }).length`,
    `zlib.deflateRawSync(text, { windowBits: 9, memLevel: 3, strategy: zlib.constants.Z_HUFFMAN_ONLY }).length`,
    `zlib.inflateSync(zlib.deflateSync(text, { dictionary: Buffer.from('some text') }), { dictionary: Buffer.from('some text') }).length`,
    `zlib.inflateSync(zlib.deflateSync(text, { dictionary: Buffer.from('some text') }))`,
    `zlib.brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }).length`,
    `zlib.zstdCompressSync(text, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 5 } }).length`,
    `zlib.gunzipSync(zlib.gzipSync(text).subarray(0, -8), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).length`,
    `zlib.unzipSync(zlib.gzipSync(text)).length + zlib.unzipSync(zlib.deflateSync(text)).length`,
    `zlib.gunzipSync(Buffer.concat([zlib.gzipSync('a'), zlib.gzipSync('b')])).toString()`,
    `zlib.gzipSync(new DataView(bytes.buffer, 3, 20)).length`,
    `zlib.gunzipSync(zlib.gzipSync(new Uint16Array([1, 2, 3]).buffer))`,
    `(({ buffer, engine }) => [buffer.length, engine.bytesWritten, engine instanceof zlib.Gzip])(zlib.gzipSync(text, { info: true }))`,
    `zlib.gzipSync(text, { level: 99 })`,
    `zlib.gzipSync(text, { level: 'x' })`,
    `zlib.createGzip({ level: 99 })`,
    `zlib.createGunzip({ chunkSize: 1 })`,
    `zlib.gzipSync(text, { params: 5 }).length`,
    `zlib.brotliCompressSync(text, { params: { 99: 1 } })`,
  ]))

test('streams as http clients use them', () =>
  same([
    `gathered(Readable.from([zlib.gzipSync(text).subarray(0, 10), zlib.gzipSync(text).subarray(10)]).pipe(zlib.createGunzip({ flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH }))).then((plain) => plain.length)`,
    `called((done) => pipeline(Readable.from([zlib.deflateSync(text)]), zlib.createUnzip(), async function (source) { let length = 0; for await (const chunk of source) length += chunk.length; return length }, done))`,
    `called((done) => pipeline(Readable.from([zlib.brotliCompressSync('x')]), zlib.createBrotliDecompress(), zlib.createGzip(), zlib.createGunzip(), async function* (source) { for await (const chunk of source) yield chunk }, require('stream').PassThrough().resume(), done))`,
    `new Promise((done) => { const gzip = zlib.createGzip(); gzip.on('close', () => done(gzip.destroyed)); gzip.close() })`,
    `[zlib.createGzip() instanceof zlib.Gzip, zlib.createInflate() instanceof require('stream').Transform, zlib.Gzip.name, zlib.createGzip().constructor === zlib.Gzip]`,
    `gathered(zlib.createGunzip().end(zlib.gzipSync(text))).then((plain) => plain.length)`,
    `called((done) => { const gzip = zlib.createDeflate(); gzip.params(0, 0, () => { gathered(gzip).then((packed) => done(packed.length > text.length, zlib.inflateSync(packed).length)); gzip.end(text) }) })`,
    `(async () => { const gunzip = zlib.createGunzip(); gunzip.end(zlib.gzipSync(text)); let length = 0; for await (const chunk of gunzip) length += chunk.length; return [length, gunzip.bytesWritten] })()`,
  ]))

test('checksums', () =>
  same([
    `zlib.crc32('some text')`,
    `zlib.crc32(bytes)`,
    `zlib.crc32('text', zlib.crc32('some '))`,
    `zlib.crc32()`,
    `zlib.crc32('a', -1)`,
    `zlib.crc32('a', 'x')`,
  ]))

test('constants', () =>
  same([
    `Object.entries(zlib.constants)`,
    `Object.entries(zlib.codes)`,
    `[zlib.Z_BEST_SPEED, zlib.Z_SYNC_FLUSH, Object.keys(zlib).includes('Z_OK')]`,
  ]))

test('what cannot be given before the end is refused, not left out', async () => {
  const setupOne = `const gzip = require('zlib').createGzip(); gzip.write('text'); let said = ''`
  const message = `new Promise((done) => setTimeout(() => { try { gzip.flush(() => {}) } catch (error) { done(error.message) } }))`
  expect(await evaluate(message, setupOne)).toBe(
    "zlib's flush() is not available to actions: what is packed comes out at the end.",
  )
})
