/** The web API of actions against Node's own, on the same expressions. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../run-guest.ts'

/** What an expression comes to, as JSON; for what it throws, the error's name. */
const outcomeOf = (expression: string) =>
  `(async () => { try { return await (${expression}) } catch (error) { return 'threw ' + error.name } })()`

// biome-ignore lint/security/noGlobalEval: our own expressions
const inNode = async (expression: string) => JSON.parse(JSON.stringify((await eval(outcomeOf(expression))) ?? null))

test.each([
  // Headers
  `[...new Headers({ 'B': '2', a: ' 1 ' })]`,
  `[...new Headers([['a', '1'], ['A', '2']])]`,
  `[...new Headers(new Map([['x-y', 'z']]))]`,
  `[...new Headers(new Headers({ a: '1' })).keys()]`,
  `new Headers({ a: '1' }).get('A')`,
  `new Headers().get('missing')`,
  `new Headers({ a: 1 }).has('a')`,
  `new Headers({ a: '\\n' }).get('a')`,
  `new Headers({ 'a b': '1' })`,
  `new Headers({ '': '1' })`,
  `new Headers({ a: 'x\\r\\ny' })`,
  `new Headers({ a: 'é' }).get('a')`,
  `new Headers({ a: '€' })`,
  `new Headers([['a']])`,
  `new Headers(null)`,
  `new Headers('a')`,
  `(() => { const h = new Headers(); h.append('set-cookie', 'a'); h.append('set-cookie', 'b'); return [[...h], h.getSetCookie(), h.get('set-cookie')] })()`,
  `(() => { const h = new Headers({ a: '1' }); h.set('A', '2'); h.append('a', '3'); h.delete('none'); return [...h.values()] })()`,
  `(() => { const seen = []; new Headers({ b: '2', a: '1' }).forEach((v, k, h) => seen.push(v, k, h instanceof Headers)); return seen })()`,
  `Object.prototype.toString.call(new Headers())`,

  // Request
  `(({ method, url, redirect }) => [method, url, redirect])(new Request('http://EXAMPLE.com/a b'))`,
  `new Request('http://example.com', { method: 'patch' }).method`,
  `new Request('http://example.com', { method: 'delete' }).method`,
  `new Request('http://example.com', { method: 'TRACE' })`,
  `new Request('http://example.com', { method: 'a b' })`,
  `new Request('http://example.com', { body: 'x' })`,
  `new Request('nonsense')`,
  `new Request('http://example.com', { method: 'POST', body: 'x' }).text()`,
  `new Request('http://example.com', { method: 'POST', body: 'x' }).headers.get('content-type')`,
  `new Request('http://example.com', { method: 'POST', body: new Uint8Array([104, 105]) }).headers.get('content-type')`,
  `new Request(new Request('http://example.com', { method: 'POST', body: 'x' })).text()`,
  `new Request('http://example.com', { signal: {} })`,
  `new Request('http://example.com').signal.aborted`,

  // Response
  `(({ status, ok, statusText, type, url, redirected }) => [status, ok, statusText, type, url, redirected])(new Response())`,
  `new Response('{"a":1}').json()`,
  `new Response('not json').json()`,
  `new Response('x', { status: 404 }).ok`,
  `new Response('x', { status: 99 })`,
  `new Response('\\ufeffx').text()`,
  `new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x68])).text()`,
  `new Response('é').arrayBuffer().then((buffer) => [...new Uint8Array(buffer)])`,
  `new Response().text()`,
  `(async () => { const r = new Response('x'); await r.text(); return [r.bodyUsed, await r.text().catch((e) => e.name)] })()`,
  `(async () => { const r = new Response('x'); const c = r.clone(); return [await r.text(), await c.text()] })()`,
  `Response.json({ a: 1 }).headers.get('content-type')`,
  `Response.json({ a: 1 }).text()`,

  // AbortController and AbortSignal
  `new AbortSignal()`,
  `new AbortController().signal.aborted`,
  `(({ name, message, code }) => [name, message])(AbortSignal.abort().reason)`,
  `AbortSignal.abort('why').reason`,
  `AbortSignal.abort().throwIfAborted()`,
  `AbortSignal.any([AbortSignal.abort('first'), AbortSignal.abort('second')]).reason`,
  `AbortSignal.any([]).aborted`,
  `AbortSignal.any([1])`,
  `(() => { const c = new AbortController(); const seen = []; c.signal.addEventListener('abort', (e) => seen.push(e.type, e.target === c.signal)); c.signal.onabort = () => seen.push('on'); c.abort(); c.abort(); return seen.sort() })()`,
  `(() => { const c = new AbortController(); const seen = []; const f = () => seen.push(1); c.signal.addEventListener('abort', f); c.signal.addEventListener('abort', f); c.abort(); return seen })()`,
  `(() => { const c = new AbortController(); const seen = []; const f = () => seen.push(1); c.signal.addEventListener('abort', f); c.signal.removeEventListener('abort', f); c.abort(); return seen })()`,
  `(() => { const c = new AbortController(); const all = AbortSignal.any([c.signal]); c.abort('x'); return all.reason })()`,
  `new Promise((done) => AbortSignal.timeout(1).addEventListener('abort', (e) => done(e.target.reason.name)))`,
  `[new DOMException('m', 'AbortError')].map(({ name, message }) => [name, message])`,
  `new DOMException() instanceof Error`,

  // Text
  `[...new TextEncoder().encode('aé€😀\\ud800')]`,
  `new TextDecoder().decode(new Uint8Array([0xf0, 0x9f, 0x98, 0x80, 0xff, 0xc3]))`,
  `new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xff]))`,
  `new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x68])).length`,
  `new TextDecoder('UTF8').encoding`,
  `new TextDecoder('klingon')`,
  `new TextDecoder().decode(new Uint8Array([1, 104, 105]).subarray(1))`,
  `new TextDecoder().decode(new DataView(new Uint8Array([104, 105]).buffer))`,
  `new TextDecoder().decode('text')`,
])('%s', async (expression) => {
  expect((await evaluate(outcomeOf(expression))) ?? null).toEqual(await inNode(expression))
})

test('any text becomes the bytes Node makes of it', async () => {
  const texts = fc
    .sample(fc.string({ unit: 'binary', maxLength: 40 }), 300)
    .concat('\ud800', 'a\udc00b', '\udbff\ud800')
  const encoded = await evaluate(`${JSON.stringify(texts)}.map((text) => [...new TextEncoder().encode(text)])`)
  expect(encoded).toEqual(texts.map((text) => [...new TextEncoder().encode(text)]))
})

test('any bytes become the text Node makes of them', async () => {
  const lead = fc.constantFrom(0xc3, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0xff, 0x80, 0x9f, 0xa0, 0xbf, 0x68)
  const bytes = fc.sample(fc.array(fc.oneof(lead, fc.integer({ min: 0, max: 255 })), { maxLength: 12 }), 500)
  const decoded = await evaluate(
    `${JSON.stringify(bytes)}.map((list) => new TextDecoder().decode(new Uint8Array(list)))`,
  )
  expect(decoded).toEqual(bytes.map((list) => new TextDecoder().decode(new Uint8Array(list))))
})
