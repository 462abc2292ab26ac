/** `AsyncLocalStorage` and its kin as far as a context can be followed; `diagnostics_channel` and `timers/promises` beside. */
import { expect, test } from 'vitest'
import { evaluate } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const { AsyncLocalStorage, AsyncResource } = require('async_hooks')
  const storage = new AsyncLocalStorage()
  const later = (start) => new Promise((done) => start(() => done(storage.getStore())))
`

test('a store is seen by what is called later, as in Node', async () => {
  const expressions = [
    `storage.getStore()`,
    `storage.run(1, () => storage.getStore())`,
    `storage.run(1, () => later((done) => setTimeout(done, 1)))`,
    `storage.run(1, () => later((done) => setImmediate(done)))`,
    `storage.run(1, () => later((done) => process.nextTick(done)))`,
    `storage.run(1, () => later((done) => queueMicrotask(done)))`,
    `storage.run(1, () => later((done) => Promise.resolve().then(done)))`,
    `storage.run(1, () => later((done) => Promise.reject(1).catch(done)))`,
    `storage.run(1, () => later((done) => Promise.resolve().then(() => setTimeout(done, 1))))`,
    `storage.run(1, () => [storage.run(2, () => storage.getStore()), storage.getStore(), storage.exit(() => storage.getStore())])`,
    `storage.run(1, (a, b) => [a, b, storage.getStore()], 'a', 'b')`,
    `(() => { try { storage.run(1, () => { throw new Error('x') }) } catch {} return storage.getStore() })()`,
    `(() => { const other = new AsyncLocalStorage(); return storage.run(1, () => other.run(2, () => [storage.getStore(), other.getStore()])) })()`,
    `(() => { const snapshot = storage.run(1, () => AsyncLocalStorage.snapshot()); return storage.run(2, () => snapshot(() => storage.getStore())) })()`,
    `(() => { const bound = storage.run(1, () => AsyncLocalStorage.bind(() => storage.getStore())); return bound() })()`,
    `(() => { const resource = storage.run(1, () => new AsyncResource('mine')); return [resource.runInAsyncScope((a) => [a, storage.getStore()], null, 'a'), resource.bind(() => storage.getStore())()] })()`,
    `new AsyncResource(1)`,
    `new AsyncLocalStorage({ defaultValue: 'd' }).getStore()`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('after an await there is no store: nobody is told that the code goes on', async () => {
  const body = `storage.run(1, async () => { const before = storage.getStore(); await null; return [before, storage.getStore() ?? 'none'] })`
  expect(await evaluate(body, setup)).toEqual([1, 'none'])
})

test('what `then` was stays what it is for everybody else', async () => {
  const looked = `(() => { const { then } = Promise.prototype; new AsyncLocalStorage(); return [Promise.prototype.then.name, Promise.prototype.then.length, Object.keys(Promise.prototype)] })()`
  expect(await evaluate(looked, `const { AsyncLocalStorage } = require('async_hooks')`)).toEqual(['then', 2, []])
})

test('channels tell who listens, as in Node', async () => {
  const channels = `
    const dc = require('diagnostics_channel')
    const heard = (use) => { const seen = []; use((...args) => seen.push(args)); return seen }
  `
  const expressions = [
    `dc.channel('a') === dc.channel('a')`,
    `heard((listen) => { dc.subscribe('b', listen); dc.channel('b').publish({ x: 1 }); dc.unsubscribe('b', listen); dc.channel('b').publish(2) })`,
    `[dc.hasSubscribers('c'), (dc.subscribe('c', () => {}), dc.hasSubscribers('c'))]`,
    `dc.subscribe('d', 1)`,
    `heard((listen) => { const t = dc.tracingChannel('e'); t.subscribe({ start: () => listen('start'), end: () => listen('end'), error: ({ error }) => listen(error.message) }); listen(t.traceSync((n) => n + 1, {}, null, 1)); try { t.traceSync(() => { throw new Error('x') }) } catch {} })`,
    `(async () => { const seen = []; const t = dc.tracingChannel('f'); t.subscribe({ start: () => seen.push('start'), end: () => seen.push('end'), asyncStart: () => seen.push('asyncStart'), asyncEnd: ({ result }) => seen.push(result) }); await t.tracePromise(async () => 'r'); return seen })()`,
    `heard((listen) => { const t = dc.tracingChannel('g'); t.subscribe({ asyncStart: ({ result }) => listen('start', result), asyncEnd: () => listen('end') }); t.traceCallback((done) => done(null, 'r'), 0, {}, null, (error, result) => listen(result)) })`,
  ]
  expect(await differencesFromNode(expressions, channels)).toEqual([])
})

test('timers that are promises, as in Node', async () => {
  const timers = `
    const timers = require('timers/promises'), { promisify } = require('util')
    const ended = (promise) => promise.catch(({ name, code, message, cause }) => [name, code, message, cause?.name])
  `
  const expressions = [
    `timers.setTimeout(1, 'v')`,
    `timers.setImmediate('v')`,
    `(async () => { const seen = []; for await (const value of timers.setInterval(1, 'v')) { seen.push(value); if (seen.length === 3) return seen } })()`,
    `ended(timers.setTimeout(1_000, 'v', { signal: AbortSignal.abort() }))`,
    `ended((() => { const c = new AbortController(); setTimeout(() => c.abort(), 1); return timers.setTimeout(1_000, 'v', { signal: c.signal }) })())`,
    `ended(timers.setTimeout('x'))`,
    `ended(timers.setTimeout(1, 2, 3))`,
    `ended(timers.setTimeout(1, 2, { ref: 1 }))`,
    `timers.scheduler.wait(1)`,
    `timers.scheduler.yield()`,
    `promisify(setTimeout)(1, 'v')`,
    `promisify(setImmediate)('v')`,
    `require('timers').promises === timers`,
    `require('timers').setTimeout === setTimeout`,
    `(() => { const t = setImmediate(() => {}); clearImmediate(t); return [t.constructor.name, t.ref() === t] })()`,
    `setTimeout('x')`,
    `queueMicrotask(1)`,
  ]
  expect(await differencesFromNode(expressions, timers)).toEqual([])
})
