/** `structuredClone` and `performance`, against Node's own. */
import { expect, test } from 'vitest'
import { evaluate } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `const copied = (value, options) => structuredClone(value, options)`
const failure = (expression: string) =>
  `(() => { try { ${expression} } catch (error) { return [error.name, error.code, error instanceof DOMException] } })()`

test('copies are what Node makes', async () => {
  expect(
    await differencesFromNode(
      [
        ...[`1`, `'x'`, `null`, `undefined`, `1n`, `true`, `NaN`, `-0`].map((value) => `copied(${value})`),
        `copied({ a: { b: [1, , 3] }, u: undefined })`,
        `copied(new Map([[{ k: 1 }, new Set([1, 'two'])]]))`,
        `(d => [d instanceof Date, d.getTime()])(copied(new Date(5)))`,
        `(r => [r.source, r.flags, r.lastIndex])(copied(Object.assign(/a+/gi, { lastIndex: 3 })))`,
        `(e => [e instanceof RangeError, e.name, e.message, e.cause, e.stack.includes('no')])(copied(new RangeError('no', { cause: { a: 1 } })))`,
        `(e => [e.constructor.name, e.name, e.message, e.extra])(copied(Object.assign(new (class Own extends Error {})('m'), { name: 'Own', extra: 1 })))`,
        `(o => [o.self === o, o.list[0] === o])((() => { const o = { list: [] }; o.self = o; o.list.push(o); return copied(o) })())`,
        `(o => o.a === o.b)((() => { const part = {}; return copied({ a: part, b: part }) })())`,
        `(o => [o.a.buffer === o.b.buffer, o.a, o.b.byteOffset])((() => { const buffer = new ArrayBuffer(8); return copied({ a: new Uint8Array(buffer, 1, 2), b: new Uint16Array(buffer, 2) }) })())`,
        `(v => [v instanceof DataView, v.byteLength, v.byteOffset])(copied(new DataView(new ArrayBuffer(4), 1)))`,
        `copied(new Float64Array([1.5]))`,
        `(b => [b.constructor.name, b.length])(copied(Buffer.from('abc').subarray(1)))`,
        `(o => [Object.getPrototypeOf(o) === Object.prototype, o.own, o.inherited])(copied(Object.assign(Object.create({ inherited: 1 }), { own: 2 })))`,
        `(o => [o.constructor === Object, Object.keys(o)])(copied(new (class Point { x = 1; #y = 2; get z() { return 3 } })()))`,
        `(o => Object.getOwnPropertyDescriptor(o, 'a'))(copied({ get a() { return 1 } }))`,
        `(a => [a.length, Object.keys(a), a.extra])(copied(Object.assign([1], { extra: 2 })))`,
        `[Object(1), Object('s'), Object(true)].map((value) => { const made = copied(value); return [typeof made, made.valueOf()] })`,
        `copied({ [Symbol('s')]: 1, a: 1 })`,
        `(async (b) => [b.type, await b.text(), b instanceof Blob])(copied(new Blob(['x'], { type: 'a/b' })))`,
        failure('copied(() => {})'),
        failure('copied(Symbol())'),
        failure('copied({ a: { b() {} } })'),
        failure('copied(Promise.resolve())'),
        failure('copied(new WeakMap())'),
        failure('copied({ get a() { throw new RangeError("got") } })'),
        `(() => { const buffer = new ArrayBuffer(3); const made = copied({ buffer }, { transfer: [buffer] }); return [buffer.byteLength, buffer.detached, made.buffer.byteLength] })()`,
        `(() => { const view = new Uint8Array([1, 2]); const made = copied(view, { transfer: [view.buffer] }); return [view.length, made] })()`,
        failure('copied(1, { transfer: [1] })'),
        failure('const b = new ArrayBuffer(1); copied(b, { transfer: [b, b] })'),
        `(() => { const buffer = new ArrayBuffer(3); try { copied({ buffer, f() {} }, { transfer: [buffer] }) } catch {} return buffer.detached })()`,
        failure('structuredClone()'),
        `structuredClone.name`,
      ],
      setup,
    ),
  ).toEqual([])
})

test('times are counted from the beginning of the run', async () => {
  const [origin, now, lag] = (await evaluate(
    `[performance.timeOrigin, performance.now(), Date.now() - performance.timeOrigin - performance.now()]`,
  )) as [number, number, number]
  expect(Math.abs(Date.now() - origin)).toBeLessThan(60_000)
  expect(now).toBeGreaterThanOrEqual(0)
  expect(Math.abs(lag)).toBeLessThanOrEqual(1)
})

test('marks and measures', async () => {
  expect(
    await differencesFromNode([
      `(m => [m.name, m.entryType, m.startTime, m.duration, m.detail, m instanceof PerformanceMark])(performance.mark('a', { startTime: 3, detail: { x: 1 } }))`,
      `(m => [m.name, m.entryType, m.startTime, m.duration, m.detail])(performance.measure('m', { start: 2, end: 7 }))`,
      `(m => [m.startTime, m.duration])(performance.measure('m', { start: 2, duration: 4 }))`,
      `(m => [m.startTime, m.duration])(performance.measure('m', { end: 9, duration: 4 }))`,
      `(() => { performance.mark('from', { startTime: 1 }); performance.mark('to', { startTime: 6 }); const m = performance.measure('between', 'from', 'to'); return [m.startTime, m.duration] })()`,
      `performance.getEntriesByName('between').map(({ entryType }) => entryType)`,
      `(performance.clearMarks('a'), performance.getEntriesByType('mark').map(({ name }) => name))`,
      `(performance.clearMarks(), performance.clearMeasures(), performance.getEntries().length)`,
      `performance.measure('m', 'never set')`,
      `performance.mark('a', { startTime: 'x' })`,
      `new Performance()`,
      `typeof performance.toJSON().timeOrigin`,
      `performance instanceof EventTarget`,
      `require('perf_hooks').performance === performance`,
      `require('stream/web').ReadableStream === ReadableStream`,
    ]),
  ).toEqual([])
})
