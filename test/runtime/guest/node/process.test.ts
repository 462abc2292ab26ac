/** `process`, and when what it is given runs. */
import { expect, test } from 'vitest'
import { evaluate, runBody } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

/** Each story writes down what happens, in order, until nothing is left to happen. */
const setup = `
  const story = (tell) => new Promise((done) => setTimeout(() => {
    const seen = []
    tell((word) => seen.push(word))
    setTimeout(() => done(seen), 30)
  }, 1))
`

test('what is put off runs in the order of Node', async () => {
  const expressions = [
    `story((note) => { process.nextTick(() => note('tick')); Promise.resolve().then(() => note('promise')); queueMicrotask(() => note('microtask')); note('now') })`,
    `story((note) => { Promise.resolve().then(() => { process.nextTick(() => note('tick')); queueMicrotask(() => note('microtask')) }).then(() => note('promise')) })`,
    `story((note) => { process.nextTick(() => { note(1); process.nextTick(() => note(3)); Promise.resolve().then(() => note(4)) }); process.nextTick(() => note(2)) })`,
    `story(async (note) => { note('a'); await null; process.nextTick(() => note('tick')); await null; note('b'); await null; note('c') })`,
    `story((note) => { setImmediate(() => { note('immediate'); process.nextTick(() => note('tick')) }); Promise.resolve().then(() => note('promise')) })`,
    `story((note) => { setTimeout(() => { note('timeout'); Promise.resolve().then(() => note('promise')); process.nextTick(() => note('tick')) }, 1) })`,
    `story((note) => { process.nextTick((...args) => note(args), 1, 'two') })`,
    `story((note) => { (function again(n) { if (n < 3) process.nextTick(() => { note(n); again(n + 1) }) })(0); Promise.resolve().then(() => note('promise')) })`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('an error in a tick ends the run, and the ticks behind it still run', async () => {
  const end = await runBody(`
    process.nextTick(() => { throw new RangeError('nobody catches this') })
    await new Promise(() => {})`)
  expect(end).toMatchObject({ ending: 'threw', error: { name: 'RangeError' } })
})

test('ticks without end are ended by the time of the run', async () => {
  const body = `(function again() { Promise.resolve().then(() => process.nextTick(again)) })(); await new Promise(() => {})`
  const end = await runBody(body)
  expect(end.ending).toBe('exceeded-cpu')
})

test('it agrees with Node where the machine has no part in it', async () => {
  const expressions = [
    `Object.prototype.toString.call(process)`,
    `process === require('process')`,
    `process === require('node:process') && process === globalThis.process`,
    `[typeof process.pid, typeof process.title, process.platform, Array.isArray(process.argv), typeof process.execPath]`,
    `process.release.name`,
    `(() => { process.env.INTERLOCK_A = 1; const seen = [process.env.INTERLOCK_A, 'INTERLOCK_A' in process.env]; delete process.env.INTERLOCK_A; return [...seen, process.env.INTERLOCK_A] })()`,
    `(() => { const seen = []; const f = (...args) => seen.push(args); process.once('interlock', f); process.emit('interlock', 1, 2); process.emit('interlock', 3); return [seen, process.listenerCount('interlock')] })()`,
    `process instanceof require('events')`,
    `process.nextTick()`,
    `process.nextTick('x')`,
    `process.hrtime('x')`,
    `process.hrtime().length`,
    `typeof process.hrtime.bigint()`,
    `(() => { const [seconds, nanoseconds] = process.hrtime(process.hrtime()); return [seconds, nanoseconds < 1e9] })()`,
    `process.emitWarning()`,
    `process.getBuiltinModule('events') === require('events')`,
    `process.getBuiltinModule('left-pad')`,
    `process.on('unhandledRejection', () => {}) === process`,
  ]
  expect(await differencesFromNode(expressions)).toEqual([])
})

test('it tells nothing of the machine', async () => {
  const told = `[process.version, process.versions, process.arch, process.cwd(), Object.keys(process.env), process.pid,
    require('os').hostname(), require('os').cpus(), require('os').networkInterfaces(), require('tty').isatty(1)]`
  expect(await evaluate(told)).toEqual(['v22.22.0', { node: '22.22.0' }, 'x64', '/', [], 1, 'localhost', [], {}, false])
})

test('stdout and stderr are lines of the log, once they are complete', async () => {
  const end = await runBody(`
    process.stdout.write('one '); process.stdout.write('line\\nand '); console.log('between'); process.stderr.write('wrong\\n')
    process.stdout.write(Buffer.from('another\\n')); process.stdout.write('left over')`)
  expect(end.console).toEqual([
    { level: 'log', text: 'one line' },
    { level: 'log', text: 'between' },
    { level: 'error', text: 'wrong' },
    { level: 'log', text: 'and another' },
    { level: 'log', text: 'left over' },
  ])
})

test('a warning is a line of the log, and an event', async () => {
  const end = await runBody(`
    process.on('warning', ({ name, code }) => console.log(name, code))
    process.emitWarning('old', 'DeprecationWarning', 'DEP1'); process.emitWarning('odd', { code: 'C', detail: 'more' })
    await new Promise((done) => setTimeout(done, 1))`)
  expect(end.console).toEqual([
    { level: 'warn', text: '(node:1) [DEP1] DeprecationWarning: old' },
    { level: 'log', text: 'DeprecationWarning DEP1' },
    { level: 'warn', text: '(node:1) [C] Warning: odd\nmore' },
    { level: 'log', text: 'Warning C' },
  ])
})
