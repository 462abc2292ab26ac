/** `stream` and `string_decoder`, against Node's own. */
import { expect, test } from 'vitest'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const stream = require('stream')
  const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, promises } = stream
  const told = (make) => new Promise((done) => { const seen = []; make((...words) => seen.push(words.map(plain)), () => done(seen)) })
  const upper = () => new Transform({ transform(chunk, _, done) { done(null, String(chunk).toUpperCase()) } })
  const sink = (list, options) => new Writable({ write(chunk, encoding, done) { list.push([String(chunk), encoding]); done() }, ...options })
  const failure = (error) => [error.name, error.code, error.message]
  const { StringDecoder } = require('string_decoder')`

const streams = [
  `Readable.from(['a', 'b']).toArray()`,
  `Readable.from('text').toArray()`,
  `Readable.from([1, 2, 3, 4]).filter((n) => n % 2).map((n) => n * 10).toArray()`,
  `Readable.from([1, 2, 3]).reduce((a, b) => a + b, 0)`,
  `Readable.from([[1], [2, 3]]).flatMap((x) => x).take(2).toArray()`,
  `(async () => { const all = []; for await (const chunk of Readable.from(['x', 'y'])) all.push(chunk); return all })()`,
  `told((tell, end) => { const r = new Readable({ read() {} }); for (const name of ['readable', 'end', 'close']) r.on(name, () => { const all = []; for (let c; name === 'readable' && (c = r.read()) !== null; ) all.push(String(c)); tell(name, all.join('')) }); r.on('close', end); r.push('a'); r.push('b'); r.push(null) })`,
  `told((tell, end) => { const r = new Readable({ read() { this.push('x'); this.push(null) } }); r.setEncoding('utf8'); r.on('data', (d) => tell('data', d)); r.on('end', () => tell('end')); r.on('close', end) })`,
  `told((tell, end) => { const list = []; const w = sink(list); w.on('finish', () => { tell(...list); end() }); w.write('a'); w.write('b', 'latin1'); w.end(Buffer.from('c')) })`,
  `told((tell, end) => { const w = new Writable({ highWaterMark: 3, write(c, e, done) { setTimeout(done) } }); tell(w.write('ab'), w.write('cd'), w.writableNeedDrain, w.writableLength); w.on('drain', () => { tell('drain'); end() }) })`,
  `told((tell, end) => { const w = new Writable({ writev(chunks, done) { tell(chunks.map(({ chunk }) => String(chunk))); done() } }); w.cork(); w.write('a'); w.write('b'); w.uncork(); w.end(end) })`,
  `told((tell, end) => { pipeline(Readable.from(['a', 'b']), upper(), async function* (source) { for await (const chunk of source) yield chunk + '!' }, async (source) => { const all = []; for await (const chunk of source) all.push(String(chunk)); return all.join('').replaceAll('!', '') }, (error, value) => { tell(error, value); end() }) })`,
  `told((tell, end) => { pipeline(Readable.from(['a']), new Transform({ transform(c, e, done) { done(new Error('no')) } }), sink([]), (error) => { tell(...failure(error)); end() }) })`,
  `promises.pipeline(new Readable({ read() { this.destroy(new Error('broken')) } }), new PassThrough()).catch(failure)`,
  `promises.pipeline(Readable.from(['a']), new PassThrough(), { signal: AbortSignal.abort() }).catch(failure)`,
  `told((tell, end) => { const r = new Readable({ read() {} }); r.on('error', (e) => tell(...failure(e))); r.on('close', end); r.destroy(new Error('x')) })`,
  `told((tell, end) => { const r = new Readable({ read() {} }); finished(r, (e) => { tell(...failure(e)); end() }); r.destroy() })`,
  `promises.finished(Readable.from(['a']).resume())`,
  `told((tell, end) => { const w = new Writable({ write(c, e, d) { d() } }); w.end(); w.on('error', (e) => { tell(...failure(e)); end() }); w.write('late') })`,
  `(() => { try { new Writable({ write() {} }).write(null) } catch (e) { return failure(e) } })()`,
  `(() => { try { new Writable({ write() {} }).write(5) } catch (e) { return failure(e).slice(0, 2) } })()`,
  `told((tell, end) => { const r = new Readable(); r.on('error', (e) => { tell(...failure(e)); end() }); r.read() })`,
  `told((tell, end) => { const d = Duplex.from(async function* (source) { for await (const c of source) yield String(c) + '?' }); d.on('data', (c) => tell(String(c))); d.on('end', end); d.end('a') })`,
  `stream.compose(upper(), new PassThrough()).end('abc').setEncoding('utf8').toArray()`,
  `(async () => { const [a, b] = stream.duplexPair(); a.end('over'); return [String(await b.toArray())] })()`,
  `(() => { class Mine extends Readable { _read() { this.push('m'); this.push(null) } }; return new Mine().setEncoding('utf8').toArray() })()`,
  `(() => { const util = { inherits: (c, p) => { Object.setPrototypeOf(c.prototype, p.prototype) } }; function Old() { if (!(this instanceof Old)) return new Old(); Transform.call(this) }; util.inherits(Old, Transform); Old.prototype._transform = (c, e, done) => done(null, 'old ' + c); const o = Old(); o.end('x'); return o.setEncoding('utf8').toArray() })()`,
  `[new Readable().readableHighWaterMark, new Readable({ objectMode: true }).readableHighWaterMark, new Duplex().writableHighWaterMark, stream.getDefaultHighWaterMark(false)]`,
  `(() => { const r = Readable.from(['a']); return [stream.isReadable(r), stream.isDisturbed(r), stream.isErrored(r), r.destroyed, r.readableFlowing, r instanceof stream, r instanceof require('events'), new Duplex() instanceof Writable, new Duplex() instanceof Readable] })()`,
  `(async () => { const r = new Readable({ read() {} }); setTimeout(() => r.destroy(), 1); try { for await (const c of r); return 'no error' } catch (e) { return failure(e) } })()`,
  `(async () => { const w = new PassThrough(); await w[Symbol.asyncDispose](); return w.destroyed })()`,
  `told((tell, end) => { const s = new stream(); s.pipe = stream.prototype.pipe; const w = sink([]); w.on('pipe', (from) => { tell(from === s); end() }); s.pipe(w) })`,
]

const bytes = ['aé€😀z', '€€', '😀', 'a\ud800', '\udc00b', '']
const encodings = ['utf8', 'utf16le', 'base64', 'base64url', 'latin1', 'ascii', 'hex', 'UCS-2', undefined]

const decoded = bytes.flatMap((text) =>
  encodings.flatMap((encoding) =>
    [1, 2, 3, 5].map((size) => {
      const source = encoding?.match(/16|UCS/) ? 'utf16le' : 'utf8'
      return `(() => { const d = new StringDecoder(${JSON.stringify(encoding)}); const b = Buffer.from(${JSON.stringify(text)}, '${source}'); const out = []; for (let i = 0; i < b.length; i += ${size}) out.push(d.write(b.subarray(i, i + ${size})), d.lastNeed, d.lastTotal); return [d.encoding, out, d.end()] })()`
    }),
  ),
)

const broken = [
  [0xe2, 0x82],
  [0xff, 0xc3, 0x28],
  [0xf0, 0x9f, 0x41, 0x98],
  [0xc3],
  [0x80, 0x80, 0x80, 0x80],
  [0xed, 0xa0, 0x80],
  [0xe0, 0x80, 0x41],
].flatMap((list) =>
  [1, 2].map(
    (size) =>
      `(() => { const d = new StringDecoder(); const b = Buffer.from([${list}]); const out = []; for (let i = 0; i < b.length; i += ${size}) out.push(d.write(b.subarray(i, i + ${size}))); return [out, d.end()] })()`,
  ),
)

const refusals = [
  `new StringDecoder('klingon')`,
  `new StringDecoder(5)`,
  `new StringDecoder().write(5)`,
  `new StringDecoder().write(null)`,
  `new StringDecoder().write('text')`,
  `new StringDecoder().end()`,
  `new StringDecoder().lastChar`,
  `(() => { const d = new StringDecoder(); d.write(Buffer.from([0xe2, 0x82])); return [...d.lastChar] })()`,
]

const web = [
  `Readable.fromWeb(new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close() } }), { objectMode: true }).toArray()`,
  `Readable.fromWeb(new ReadableStream({ start(c) { c.error(new Error('broken')) } })).toArray().catch(failure)`,
  `(async () => { const all = []; for await (const chunk of Readable.toWeb(Readable.from(['a', 'b']))) all.push(String(chunk)); return all })()`,
  `(async () => { const all = []; const w = Writable.fromWeb(new WritableStream({ write(chunk) { all.push(String(chunk)) }, close() { all.push('closed') } })); w.write('a'); w.end('b'); await promises.finished(w); return all })()`,
  `(async () => { const list = []; const writer = Writable.toWeb(sink(list)).getWriter(); await writer.write('a'); await writer.close(); return list })()`,
  `(async () => { const { readable, writable } = new TransformStream(); const d = Duplex.fromWeb({ readable, writable }, { objectMode: true }); d.end('x'); return d.toArray() })()`,
  `(async () => { const { readable, writable } = Duplex.toWeb(upper()); const writer = writable.getWriter(); writer.write(Buffer.from('x')); writer.close(); const all = []; for await (const chunk of readable) all.push(String.fromCharCode(...chunk)); return all })()`,
  `(async () => { const c = require('stream/consumers'); const of = () => Readable.from([Buffer.from('{"a":'), Buffer.from('"é"}')]); return [await c.text(of()), await c.json(of()), await c.buffer(of()), await c.bytes?.(of()), new Uint8Array(await c.arrayBuffer(of())).length] })()`,
]

test.each([
  ['streams', streams],
  ['streams of the web', web],
  ['text in pieces', decoded],
  ['broken text in pieces', broken],
  ['arguments', refusals],
])('%s agree', async (_, expressions) => {
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})
