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

  // URL
  `JSON.stringify(new URL('HTTPS://user:p%40ss@EXAMPLE.com:8443/a/../b c?x=1&y= #frag'))`,
  `(({ protocol, username, password, host, hostname, port, pathname, search, hash, origin }) => [protocol, username, password, host, hostname, port, pathname, search, hash, origin])(new URL('https://u:p@example.com:8443/a?b=c#d'))`,
  `new URL('../c?d', 'https://example.com/a/b/').href`,
  `new URL('https://bücher.example').host`,
  `new URL('nonsense')`,
  `(() => { try { new URL('nonsense') } catch ({ name, message, code }) { return [name, message, code] } })()`,
  `[URL.canParse('x:y'), URL.canParse('x'), URL.parse('x'), URL.canParse('x', 'http://a')]`,
  `(() => { const u = new URL('http://a.example/'); u.protocol = 'https'; u.host = 'b.example:81'; u.pathname = 'x y'; u.search = 'q=1'; u.hash = 'h'; u.username = 'me'; return [u.href, String(u), u.searchParams.get('q')] })()`,
  `(() => { const u = new URL('http://a.example/?a=1&b=2'); u.searchParams.set('a', 'é &'); u.searchParams.append('c', '+'); u.searchParams.delete('b'); return u.href })()`,
  `(() => { const u = new URL('http://a.example/?a=1'); const p = u.searchParams; u.search = '?z=9'; u.href = u.href + '&y=8'; return [p.get('z'), p.get('y'), p === u.searchParams] })()`,
  `(() => { const u = new URL('http://a.example/?a=1'); u.searchParams.delete('a'); return [u.href, u.search] })()`,
  `(() => { const u = new URL('http://a.example/'); u.href = 'nonsense' })()`,
  `(() => { const u = new URL('http://a.example/'); u.port = 'x'; u.protocol = '::'; return u.href })()`,
  `Object.prototype.toString.call(new URL('http://a.example'))`,

  // URLSearchParams
  `new URLSearchParams('?a=1&b=%41%zz+c&&d&=e&f=g=h').toString()`,
  `[...new URLSearchParams('a=1&b=%C3%A9%FF&c=%F0%9F%98%80')]`,
  `new URLSearchParams({ a: '1', 'b c': 'd&e' }).toString()`,
  `new URLSearchParams([['a', '1'], ['a', 2]]).getAll('a')`,
  `new URLSearchParams(new URLSearchParams('a=1')).toString()`,
  `new URLSearchParams([['a']])`,
  `new URLSearchParams(null).toString()`,
  `new URLSearchParams('').toString()`,
  `(() => { const p = new URLSearchParams('b=1&a=2&b=3&a=1'); p.sort(); return [p.toString(), p.size] })()`,
  `(() => { const p = new URLSearchParams('a=1&a=2&b=3'); p.set('a', 9); p.set('c', null); p.delete('b', '4'); return [p.toString(), p.has('b'), p.has('b', '4'), p.get('none')] })()`,
  `[...new URLSearchParams('a=1&b=2').keys(), ...new URLSearchParams('a=1').values()]`,
  `(() => { const seen = []; new URLSearchParams('a=1').forEach((v, k) => seen.push(v, k)); return seen })()`,
  `String(new URLSearchParams([['*-._~!\\'()', '\ud800']]))`,
  `new Request('http://example.com', { method: 'POST', body: new URLSearchParams('a=b c') }).headers.get('content-type')`,
  `new Request(new URL('http://example.com/x'), { method: 'POST', body: new URLSearchParams('a=b c') }).text()`,

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

test('any query is read and written as Node does', async () => {
  const queries = fc.sample(fc.stringMatching(/^[a-z%&=+?0-9A-F ]{0,20}$/), 300)
  const read = await evaluate(
    `${JSON.stringify(queries)}.map((query) => [[...new URLSearchParams(query)], String(new URLSearchParams(query))])`,
  )
  expect(read).toEqual(queries.map((query) => [[...new URLSearchParams(query)], String(new URLSearchParams(query))]))
})

test('other letters beside broken bytes stay, as the URL standard says and Node does not', async () => {
  expect(await evaluate(`[...new URLSearchParams('€%FFé')]`)).toEqual([['€\ufffdé', '']])
})
