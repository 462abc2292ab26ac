/** Bodies of requests and responses, and what they are made of, against Node's own. */
import { expect, test } from 'vitest'
import { runBody } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const post = (body, more) => new Request('http://a.example/', { method: 'POST', body, ...more })
  const form = () => { const f = new FormData(); f.append('a', '1'); f.append('a', 'two\\nlines'); f.append('é"', new Blob(['x'], { type: 'text/css' })); f.append('file', new File(['yz'], 'n"m.txt', { type: 'a/b', lastModified: 5 })); return f }
  const streamOf = (...chunks) => new ReadableStream({ start(c) { for (const chunk of chunks) c.enqueue(chunk); c.close() } })
  const bytes = (text) => new TextEncoder().encode(text)
  const describe = (value) => typeof value === 'string' ? value : [value.constructor.name, value.name, value.type, value.size, value.lastModified > 0]
  const entries = async (f) => Promise.all([...f].map(async ([name, value]) => [name, describe(value), typeof value === 'string' || await value.text()]))
  const withoutBoundary = (text) => text.replace(/formdata-undici-\\d+/g, 'boundary')`

test('blobs and files', async () => {
  expect(
    await differencesFromNode(
      [
        `(b => [b.size, b.type])(new Blob(['é', new Uint8Array([1, 2]), new ArrayBuffer(3), new Blob(['x']), 5], { type: 'Text/HTML' }))`,
        `new Blob(['a\\r\\nb'], { endings: 'native' }).text()`,
        `new Blob(['a'], { endings: 'x' })`,
        `new Blob('text')`,
        `new Blob(5)`,
        `new Blob(null)`,
        `new Blob().size`,
        `new Blob(['a'], { type: 'é' }).type`,
        `new Blob(['a'], 5)`,
        `new Blob(new Set(['a', 'b'])).text()`,
        ...['', '1', '1, 2', '-2', '-2, -1', '2, 1', '0, 99', `1, 3, 'X/Y'`, 'NaN', `'1'`].map(
          (range) =>
            `(async (b) => [await b.text(), b.type, b.size])(new Blob(['abcd'], { type: 'a/b' }).slice(${range}))`,
        ),
        `new Blob(['é']).arrayBuffer().then((b) => new Uint8Array(b))`,
        `new Blob(['é']).bytes()`,
        `new Blob([new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])]).text()`,
        `(async () => { const seen = []; for await (const chunk of new Blob(['abc']).stream()) seen.push(...chunk); return seen })()`,
        `(async () => { let all = ''; for await (const chunk of new Blob(['é€']).textStream()) all += chunk; return all })()`,
        `(f => [f.name, f.type, f.size, f.lastModified, f instanceof Blob])(new File(['ab'], 'n', { type: 'a/b', lastModified: 7 }))`,
        `new File(['ab'])`,
        `typeof new File([], 'n').lastModified`,
        `new File([], 'n', { lastModified: 'x' }).lastModified`,
        `Object.prototype.toString.call(new File([], 'n'))`,
        `require('buffer').Blob === Blob && require('buffer').File === File`,
        `require('buffer').resolveObjectURL('blob:x')`,
      ],
      setup,
    ),
  ).toEqual([])
})

test('forms', async () => {
  expect(
    await differencesFromNode(
      [
        `entries(form())`,
        `(f => { f.set('a', 'only'); f.set('new', 1); f.delete('file'); return [...f.keys(), f.get('a'), f.get('none'), f.getAll('a'), f.has('new'), f.has('file')] })(form())`,
        `(f => { f.append('b', new Blob(['x']), 'named'); return describe(f.get('b')) })(new FormData())`,
        `(f => { f.append('b', new File(['x'], 'own'), 'other'); return describe(f.get('b')) })(new FormData())`,
        `(f => { f.append('b', new File(['x'], 'own')); return describe(f.get('b')) })(new FormData())`,
        `new FormData().append('a')`,
        `new FormData().get()`,
        `new FormData(5)`,
        `(f => { f.append('a', null); f.append('b', undefined); f.append(1, { toString: () => 'o' }); return [...f] })(new FormData())`,
        `(() => { const seen = []; form().forEach((v, k, f) => seen.push(k, f instanceof FormData)); return seen })()`,
        `[...form().values()].map(describe)`,
        `Object.prototype.toString.call(new FormData())`,
        `post(form()).text().then(withoutBoundary)`,
        `withoutBoundary(post(form()).headers.get('content-type'))`,
        `entries(await post(form()).formData())`,
        `entries(await new Response('a=1&b=%20+x&a=2', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }).formData())`,
        `new Response('x', { headers: { 'content-type': 'text/plain' } }).formData()`,
        `new Response('x').formData()`,
        `entries(await new Response('--b\\r\\nContent-Disposition: form-data; name="a"\\r\\n\\r\\nv\\r\\n--b\\r\\nContent-Disposition: form-data; name="f"; filename="n.txt"\\r\\nContent-Type: text/css\\r\\n\\r\\nxy\\r\\n--b--\\r\\n', { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData())`,
        `new Response('no', { headers: { 'content-type': 'multipart/form-data; boundary=b' } }).formData().catch((e) => e.name)`,
      ],
      setup,
    ),
  ).toEqual([])
})

test('bodies are read once, in whichever way', async () => {
  const ways = ['text', 'json', 'bytes', 'arrayBuffer', 'blob', 'formData']
  const sources = [
    `'{"a":1}'`,
    `bytes('{"a":1}')`,
    `new Blob(['{"a":1}'], { type: 'application/json' })`,
    `new URLSearchParams({ a: 1 })`,
    `streamOf(bytes('{"a"'), bytes(':1}'))`,
    `bytes('x{}x').buffer`,
    `new DataView(bytes('{}').buffer)`,
    'null',
    'undefined',
    '5',
    `''`,
    '{}',
  ]
  const expressions = [
    ...sources.flatMap((source) =>
      ways.map(
        (way) =>
          `new Response(${source}).${way}().then(async (v) => v instanceof Blob ? [v.type, await v.text()] : v instanceof ArrayBuffer ? v.byteLength : v instanceof FormData ? [...v] : v, (e) => e.name)`,
      ),
    ),
    ...sources.flatMap((source) => [
      `post(${source}, { duplex: 'half' }).headers.get('content-type')`,
      `post(${source}, { duplex: 'half' }).text()`,
      `(r => [r.bodyUsed, r.body === null])(new Response(${source}))`,
    ]),
    `(async () => { const r = new Response('abc'); await r.blob(); return [r.bodyUsed, await r.text().catch((e) => [e.name, e.message])] })()`,
    `(async () => { const r = new Response('abc'); const reader = r.body.getReader(); const first = await reader.read(); const last = await reader.read(); return [first.value, last.done, r.bodyUsed, r.body.locked] })()`,
    `(async () => { const r = new Response('abc'); r.body.getReader(); return [r.bodyUsed, await r.text().catch((e) => [e.name, e.message])] })()`,
    `(async () => { const r = new Response('abc'); const b = r.body; return [b === r.body, b.locked, await r.text(), r.bodyUsed] })()`,
    `(async () => { const r = new Response('abc'); await r.text(); return [r.body.locked, r.bodyUsed] })()`,
    `(async () => { const r = new Response(streamOf(bytes('ab'), bytes('c'))); const c = r.clone(); return [await r.text(), await c.text()] })()`,
    `(async () => { const r = new Response('abc'); r.body; const c = r.clone(); return [await r.text(), await c.text()] })()`,
    `(async () => { const r = new Response('abc'); await r.text(); return r.clone() })()`,
    `(async () => { const r = post('abc'); const c = r.clone(); return [await r.text(), await c.text(), c.method, c.headers.get('content-type')] })()`,
    `(async () => { const r = post('abc'); const other = new Request(r); return [r.bodyUsed, await other.text()] })()`,
    `post(streamOf(bytes('a')))`,
    `new Response(streamOf('text')).text().catch((e) => e.name)`,
    `(async () => { let all = ''; for await (const chunk of new Response(streamOf(bytes('é').subarray(0, 1), bytes('é').subarray(1))).textStream()) all += chunk; return all })()`,
    `new Response((async function* () { yield bytes('gen'); yield bytes('erated') })()).text()`,
    `new Response(new Response('chained').body).text()`,
    `(({ status, type, ok, statusText }) => [status, type, ok, statusText])(Response.error())`,
    `(r => [r.status, r.headers.get('location')])(Response.redirect('http://a.example/x y', 301))`,
    `Response.redirect('http://a.example/', 200)`,
    `Response.redirect('nonsense')`,
    `Response.json({ a: 1 }, { status: 201, headers: { x: 'y' } }).headers.get('x')`,
    `Response.json({ a: 1 }, { headers: { 'content-type': 'a/b' } }).headers.get('content-type')`,
    `Response.json(undefined)`,
    `new Response('x', { status: 204 })`,
    `new Response(null, { status: 204 }).status`,
    `new Response('x', { statusText: 'é\\n' })`,
    `(({ mode, credentials, cache, referrer, duplex, keepalive, integrity, destination }) => [mode, credentials, cache, referrer, duplex, keepalive, integrity, destination])(new Request('http://a.example/'))`,
    `(() => { try { new Request('http://a.example/', 5) } catch (error) { return error.name } })()`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('streams carry, change and split what is written to them', async () => {
  expect(
    await differencesFromNode(
      [
        `Array.fromAsync(streamOf(1, 2, 3))`,
        `Array.fromAsync(streamOf(1, 2, 3).pipeThrough(new TransformStream({ transform(chunk, c) { c.enqueue(chunk * 2) } })))`,
        `(async () => { const [a, b] = streamOf(1, 2).tee(); return [await Array.fromAsync(a), await Array.fromAsync(b)] })()`,
        `(async () => { const seen = []; await streamOf('a', 'b').pipeTo(new WritableStream({ write(chunk) { seen.push(chunk) }, close() { seen.push('closed') } })); return seen })()`,
        `Array.fromAsync(ReadableStream.from([1, 2]))`,
        `Array.fromAsync(streamOf('é', '€\\ud83d', '\\ude00').pipeThrough(new TextEncoderStream())).then((chunks) => chunks.flatMap((chunk) => [...chunk]))`,
        `Array.fromAsync(streamOf(bytes('€').subarray(0, 2), bytes('€').subarray(2)).pipeThrough(new TextDecoderStream())).then((chunks) => chunks.join(''))`,
        `(async () => { const reader = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close() } }).getReader({ mode: 'byob' }); return (await reader.read(new Uint8Array(2))).value })()`,
        `(async () => { const r = new ReadableStream({ start(c) { c.error(new RangeError('broken')) } }); return r.getReader().read().catch((e) => [e.name, e.message]) })()`,
        `[new CountQueuingStrategy({ highWaterMark: 3 }).highWaterMark, new ByteLengthQueuingStrategy({ highWaterMark: 3 }).size(new Uint8Array(5))]`,
        `(s => [s.locked, s.getReader() instanceof ReadableStreamDefaultReader, s.locked])(streamOf(1))`,
        `Object.prototype.toString.call(streamOf())`,
        `(async () => { const t = new TextDecoderStream('utf-8', { fatal: true }); return [t.encoding, t.fatal, t.ignoreBOM] })()`,
      ],
      setup,
    ),
  ).toEqual([])
})

test('text is read in the encodings there are', async () => {
  const labels = [
    'utf8',
    'UTF-16LE',
    'utf-16be',
    'latin1',
    ' ascii ',
    'iso-8859-1',
    'windows-1252',
    'klingon',
    '',
    'ucs-2',
  ]
  const inputs = [
    '[]',
    '[0xe9, 0x80, 0x9f, 0x41]',
    '[0x41, 0, 0xe9, 0]',
    '[0xff, 0xfe, 0x41, 0]',
    '[0x3d, 0xd8, 0, 0xde, 0x3d, 0xd8]',
    '[0xef, 0xbb, 0xbf, 0x61]',
    '[0x61, 0xff]',
    '[0x61, 0x62, 0x63]',
  ]
  const expressions = labels.flatMap((label) => [
    `new TextDecoder('${label}').encoding`,
    ...inputs.flatMap((input) =>
      ['', ', { fatal: true }', ', { ignoreBOM: true }'].map(
        (options) => `new TextDecoder('${label}'${options}).decode(new Uint8Array(${input}))`,
      ),
    ),
    ...inputs.map(
      (input) =>
        `(d => { let all = ''; for (const byte of ${input}) all += d.decode(new Uint8Array([byte]), { stream: true }); return all + '|' + d.decode() })(new TextDecoder('${label}'))`,
    ),
  ])
  expressions.push(
    ...[
      '[0xe2, 0x82, 0xac]',
      '[0xe2, 0x28, 0xa1]',
      '[0xf0, 0x9f, 0x98]',
      '[0xed, 0xa0, 0x80]',
      '[0xc0, 0x80]',
      '[0xf5, 0x80]',
      '[0xe2, 0x82, 0x41]',
      '[0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf]',
    ].flatMap((input) =>
      [1, 2, 3].map(
        (size) =>
          `(d => { const list = ${input}; const seen = []; for (let at = 0; at < list.length; at += ${size}) seen.push(d.decode(new Uint8Array(list.slice(at, at + ${size})), { stream: true })); seen.push(d.decode()); return seen })(new TextDecoder())`,
      ),
    ),
    `(d => { d.decode(new Uint8Array([0xe2]), { stream: true }); return d.decode() })(new TextDecoder('utf-8', { fatal: true }))`,
    `new TextDecoder().decode(5)`,
    `new TextDecoder().decode(null)`,
    `new TextDecoder('utf-8', 5)`,
    `new TextDecoder().decode(new Uint16Array([0x6161]))`,
    ...[`'aé€😀'`, `'\\ud800x'`].flatMap((text) =>
      [0, 1, 2, 3, 5, 6, 9, 10, 20].map(
        (size) => `(b => [new TextEncoder().encodeInto(${text}, b), b])(new Uint8Array(${size}))`,
      ),
    ),
    `new TextEncoder().encodeInto(5, new Uint8Array(1))`,
    `new TextEncoder().encodeInto('a', [])`,
    `new TextEncoder().encode(undefined)`,
  )
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('what they print is what Node prints', async () => {
  const shown = [
    `new Blob(['a'], { type: 'a/b' })`,
    `new File([], 'n', { lastModified: 1 })`,
    `new Headers({ b: '2', a: '1' })`,
    `new Headers()`,
    `new URLSearchParams('a=1&b=2')`,
    `new URLSearchParams()`,
    `new URL('https://u:p@a.example:81/x?q=1#h')`,
    `new Response('x', { status: 404, headers: { a: 'b' } })`,
    `new Request('http://a.example/')`,
    `new TextDecoder()`,
    `new TextEncoder()`,
    `(f => { f.append('a', '1'); f.append('a', '2'); f.append('b', new File([], 'n', { lastModified: 1 })); return f })(new FormData())`,
    `new ReadableStream()`,
    `new WritableStream()`,
    `[new Headers({ a: '1' })]`,
    `new CountQueuingStrategy({ highWaterMark: 1 })`,
  ]
  const end = await runBody(shown.map((one) => `console.log(${one})`).join('\n'))
  const { inspect } = await import('node:util')
  // biome-ignore lint/security/noGlobalEval: our own expressions
  const inNode = shown.map((one) => inspect(eval(one)))
  expect(end.console.map(({ text }) => text)).toEqual(inNode)
})
