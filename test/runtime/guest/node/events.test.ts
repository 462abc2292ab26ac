/** `events`, against Node's own. */
import { expect, test } from 'vitest'
import { runBody } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const events = require('events')
  const { EventEmitter } = events
  /** What has happened, in order. */
  const story = (tell) => { const seen = []; const note = (...words) => { seen.push(words) }; const told = tell(new EventEmitter(), note); return told instanceof Promise ? told.then((value) => [seen, value]) : [seen, told] }
  const fails = (call) => { try { call() } catch (error) { return [error.name, error.code, error.message, String(error), error.context] } }`

const stories = [
  `(e, note) => { e.on('a', note); e.once('a', (x) => note('once', x)); return [e.emit('a', 1), e.emit('a', 2, 3), e.emit('b')] }`,
  `(e, note) => { e.on('a', () => note('second')); e.prependListener('a', () => note('first')); e.prependOnceListener('a', () => note('zeroth')); e.emit('a'); e.emit('a') }`,
  `(e, note) => { const add = () => e.on('a', () => note('added while emitting')); e.on('a', add); e.emit('a'); note('again'); e.emit('a') }`,
  `(e, note) => { const second = () => note('second'); e.on('a', () => e.off('a', second)); e.on('a', second); e.emit('a'); e.emit('a') }`,
  `(e, note) => { e.on('newListener', (name, f) => note('new', name, f.name)); e.on('removeListener', (name, f) => note('gone', name, f.name)); function one() {} function two() {}; e.on('x', one); e.once('x', two); e.emit('x'); e.removeAllListeners() }`,
  `(e) => { function f() {}; e.on('a', f); e.on('a', f); e.once('a', f); return [e.listenerCount('a'), e.listenerCount('a', f), e.listeners('a').map((g) => g === f), e.rawListeners('a').map((g) => g === f), e.rawListeners('a')[2].listener === f] }`,
  `(e) => { const s = Symbol('s'); e.on('a', () => {}); e.on(s, () => {}); e.on('b', () => {}); e.removeAllListeners('b'); return e.eventNames() }`,
  `(e) => [e.getMaxListeners(), e.setMaxListeners(3) === e, e.getMaxListeners(), EventEmitter.defaultMaxListeners]`,
  `(e, note) => { e.on(EventEmitter.errorMonitor, (x) => note('monitor', x.message)); e.on('error', (x) => note('error', x.message)); e.emit('error', new Error('broken')) }`,
  `(e, note) => { e.on('a', function (x) { note(this === e, x) }); e.emit('a', 1) }`,
  `(e) => { class Mine extends EventEmitter { constructor() { super(); this.mine = 1 } }; const m = new Mine(); return [m instanceof EventEmitter, Object.keys(m), m.on('a', () => {}) === m] }`,
  `() => { function Old() { EventEmitter.call(this) }; Old.prototype = Object.create(EventEmitter.prototype); const [a, b] = [new Old(), new Old()]; a.on('x', () => {}); return [a.listenerCount('x'), b.listenerCount('x'), a.emit('x'), b.emit('x')] }`,
  `() => { const o = Object.assign({}, EventEmitter.prototype); o.on('x', () => {}); return [o.listenerCount('x'), o.emit('x')] }`,
  `() => { const e = new EventEmitter({ captureRejections: true }); return new Promise((done) => { e.on('error', (x) => done(['caught', x.message])); e.on('a', async () => { throw new Error('later') }); e.emit('a') }) }`,
  `() => { const e = new EventEmitter({ captureRejections: true }); return new Promise((done) => { e[Symbol.for('nodejs.rejection')] = (x, name, ...args) => done([x, name, args]); e.on('a', () => Promise.reject('why')); e.emit('a', 1, 2) }) }`,
]

const refusals = [
  `new EventEmitter().emit('error', new TypeError('own'))`,
  `new EventEmitter().emit('error', 'text')`,
  `new EventEmitter().emit('error', { a: 1 })`,
  `new EventEmitter().emit('error')`,
  `new EventEmitter().on('a', 'no function')`,
  `new EventEmitter().once('a')`,
  `new EventEmitter().off('a', null)`,
  `new EventEmitter().setMaxListeners(-1)`,
  `new EventEmitter().setMaxListeners('x')`,
  `new EventEmitter({ captureRejections: 'yes' })`,
  `events.setMaxListeners(1, {})`,
  `events.getEventListeners({}, 'a')`,
  `EventEmitter.defaultMaxListeners = 'x'`,
]

const promised = [
  `(() => { const e = new EventEmitter(); const p = events.once(e, 'a'); e.emit('a', 1, 2); return p })()`,
  `(() => { const e = new EventEmitter(); const p = events.once(e, 'a'); e.emit('error', new Error('first')); return p.catch((x) => [x.message, e.eventNames()]) })()`,
  `(() => { const e = new EventEmitter(); const p = events.once(e, 'error'); e.emit('error', 'value'); return p })()`,
  `events.once(new EventEmitter(), 'a', { signal: AbortSignal.abort('why') }).catch((x) => [x.name, x.code, x.message, x.cause])`,
  `(() => { const c = new AbortController(); const e = new EventEmitter(); const p = events.once(e, 'a', { signal: c.signal }); c.abort('why'); return p.catch((x) => [x.name, x.code, x.cause, e.eventNames()]) })()`,
  `events.once({}, 'a').catch((x) => [x.code, x.message])`,
  `(async () => { const e = new EventEmitter(); const all = []; setTimeout(() => { e.emit('a', 1); e.emit('a', 2); e.emit('end') }, 1); for await (const [x] of events.on(e, 'a', { close: ['end'] })) all.push(x); return [all, e.eventNames()] })()`,
  `(async () => { const e = new EventEmitter(); const it = events.on(e, 'a'); e.emit('a', 1); e.emit('error', new Error('x')); return [await it.next(), await it.next().catch((x) => x.message), await it.next()] })()`,
  `(async () => { const c = new AbortController(); const it = events.on(new EventEmitter(), 'a', { signal: c.signal }); c.abort('why'); return it.next().catch((x) => [x.name, x.cause]) })()`,
  `(async () => { const it = events.on(new EventEmitter(), 'a'); const waits = it.next(); return [await it.return(), await waits, await it.next()] })()`,
  `(async () => { const seen = []; const e = Object.assign(new EventEmitter(), { pause: () => seen.push('pause'), resume: () => seen.push('resume') }); const it = events.on(e, 'a', { highWaterMark: 2, lowWaterMark: 1 }); for (const n of [1, 2, 3]) e.emit('a', n); await it.next(); await it.next(); await it.next(); return seen })()`,
  `(async () => { let called = 0; const c = new AbortController(); const d = events.addAbortListener(c.signal, () => called++); d[Symbol.dispose](); c.abort(); events.addAbortListener(c.signal, () => called++); await 0; await 0; return called })()`,
]

test.each([
  ['emit and listeners', stories.map((story) => `story(${story})`)],
  ['refusals', refusals.map((call) => `fails(() => { ${call} })`)],
  ['promises and iterators', promised],
])('%s agree', async (_, expressions) => {
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('too many listeners are warned of once', async () => {
  const end = await runBody(`
    const e = new (require('events'))()
    for (let n = 0; n < 13; n++) e.on('a', () => {})`)
  expect(end.console.map(({ text }) => text)).toEqual([
    expect.stringContaining('MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 a listeners'),
  ])
})

test('an emitter is printed as Node prints it', async () => {
  const [line] = (await runBody(`const e = new (require('events'))(); e.on('a', () => {}); console.log(e)`)).console
  expect(line?.text.split('\n')[0]).toBe('EventEmitter {')
  expect(line?.text).toContain('_events: [Object: null prototype] { a: [Function (anonymous)] }')
})
