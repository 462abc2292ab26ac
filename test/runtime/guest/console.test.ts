import { Writable } from 'node:stream'
import { format } from 'node:util'
import { describe, expect, test } from 'vitest'
import { limits, runBody, runModule } from './run-guest.ts'

/** Arguments of `console.log`, as source text: the guest and Node evaluate the same. */
const values = [
  `'plain', 'words'`,
  `'%s is %d years and %i months, %f', 'Ann', 42, 7.9, '1.5'`,
  `'%j %o %O', { a: 1 }, [1], { b: { c: {} } }`,
  `'%c%s 100%%', 'color: red', 'x', 'extra', { y: 1 }`,
  `'%s', null, undefined, 5n, Symbol('s'), -0`,
  `'%s', { toString() { return 'own' } }, class A {}`,
  `[1, 'two', [3, [4, [5, [6]]]]]`,
  `{ a: 1, 'b-c': 'x', [Symbol('k')]: true }`,
  `{ deep: { deeper: { deepest: { bottom: 1 } } } }`,
  `[, , 3, undefined, null]`,
  `Array.from({ length: 120 }, (_, n) => n)`,
  `'x'.repeat(20), ['y'.repeat(90), 'z'.repeat(90)]`,
  `new Map([['k', { v: 1 }], [{ o: 1 }, 2]]), new Set([1, 'a', []])`,
  `new WeakMap(), new WeakSet()`,
  `new Date(0), /a+b/gi, new Date(NaN)`,
  `function named() {}, () => {}, async () => {}, function* gen() {}, class A extends Map {}`,
  `new (class Person { name = 'Ann'; #hidden = 1 })()`,
  `Object.create(null), Object.create({ inherited: 1 })`,
  `{ get a() { return 1 }, set a(v) {}, get b() { return 2 } }`,
  `Object(1), Object('s'), Object(true), Object(Symbol('x')), Object(1n)`,
  `new Uint8Array([1, 2, 3]), new Float64Array(2), new ArrayBuffer(4)`,
  `'it\\'s', ["it's", 'a "quote"', \`both ' and "\`]`,
  `['line\\nbreak', 'tab\\t', '\\u0000\\u001b[31m', '日本語', '👩‍👧']`,
  `123456789, 1e21, 0.1 + 0.2, NaN, -Infinity, 10n ** 20n`,
  `(() => { const a = { name: 'loop' }; a.self = a; return a })()`,
  `(function () { return arguments })(1, 2)`,
  `{ [Symbol.toStringTag]: 'Tagged', a: 1 }`,
  `{ [Symbol.for('nodejs.util.inspect.custom')]: () => 'custom!' }`,
  `[1.5, -2.25, 1000], [true, false], [undefined]`,
  `globalThis.Math, JSON, Reflect`,
  `new Error('x').message, Object.assign(Object.create(Error.prototype), { message: 'fake' }).message`,
]

const evaluate = (source: string): unknown[] => new Function(`return [${source}]`)()

test.each(values)('console.log(%s) prints what Node prints', async (source) => {
  const end = await runBody(`console.log(${source})`)
  expect(end.error).toBeUndefined()
  expect(end.console).toEqual([{ level: 'log', text: format(...evaluate(source)) }])
})

test('an error is printed with its stack and its own properties', async () => {
  const end = await runBody(`console.error(Object.assign(new RangeError('too far'), { code: 'E_FAR' }))`)
  expect(end.console[0]?.text).toMatch(
    /^RangeError: too far\n {4}at .*action\.js:1:\d+\)\n[\s\S]*\{\n {2}code: 'E_FAR'\n\}$/,
  )
})

test('a line keeps the level it was written with', async () => {
  const end = await runBody(`for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level](level)`)
  expect(end.console).toEqual(['debug', 'log', 'info', 'warn', 'error'].map((level) => ({ level, text: level })))
})

const helpers: [code: string, lines: string[]][] = [
  [`console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 })`, ['{ a: [Object] }']],
  [
    `console.group('outer'); console.log('a\\nb'); console.group(); console.log('c'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('d')`,
    ['outer', '  a\n  b', '    c', 'd'],
  ],
  [
    `console.count(); console.count(); console.count('x'); console.countReset(); console.count()`,
    ['default: 1', 'default: 2', 'x: 1', 'default: 1'],
  ],
  [
    `console.assert(true, 'no'); console.assert(false); console.assert(0, 'n is %d', 0)`,
    ['Assertion failed', 'Assertion failed: n is 0'],
  ],
  [`console.log(); console.log('')`, ['', '']],
  [`const { log } = console; ['a', 'b'].forEach((text) => log(text))`, ['a', 'b']],
]

test.each(helpers)('%s', async (code, lines) => {
  const end = await runBody(code)
  expect(end.console.map(({ text }) => text)).toEqual(lines)
})

/** What a console of Node's own writes to a stream, line by line. */
const linesOfNode = (code: string): string[] => {
  const { Console } = process.getBuiltinModule('node:console')
  const chunks: string[] = []
  const stream = new Writable({
    write: (chunk, _, done) => {
      chunks.push(String(chunk))
      done()
    },
  })
  new Function('console', code)(new Console({ stdout: stream, stderr: stream }))
  return chunks.join('').replace(/\n$/, '').split('\n')
}

const tables = [
  `[{ a: 1, b: 'x' }, { a: 2, c: true }]`,
  `[[1, 2], [3, 4, 5]]`,
  `['plain', 1, null]`,
  `{ x: { a: 1 }, y: { a: 2, deep: { b: 1, c: 2, d: 3 } } }`,
  `[{ a: 1, b: 2 }], ['b', 'missing']`,
  `[1, { a: 1 }], ['a']`,
  `new Map([['k', { a: 1 }], [{ o: 1 }, 2]])`,
  `new Set([1, { a: 1 }])`,
  `new Map([[1, 2]]).entries()`,
  `new Map([[1, 2]]).values()`,
  `new Set([1, 2]).values()`,
  `[]`,
  `{}`,
  `5`,
  `'text'`,
  `null`,
  `[{ '日本語': '👩', b: 'é' }]`,
  `[[1, , 3]]`,
  `[{ 2: 'x', 1: 'y', a: 'z' }]`,
  `new Uint8Array([1, 2])`,
  `[() => {}, { f() {} }]`,
]

test.each(tables)('console.table(%s) draws what Node draws', async (source) => {
  const end = await runBody(`console.table(${source})`)
  expect(end.error).toBeUndefined()
  expect(
    end.console
      .map(({ text }) => text)
      .join('\n')
      .split('\n'),
  ).toEqual(linesOfNode(`console.table(${source})`))
})

test.each([
  `console.group('a %s', 'b'); console.table([{ a: 1 }]); console.groupCollapsed(); console.dir({ a: { b: { c: {} } } }, { depth: 1 }); console.groupEnd(); console.info('x\\ny')`,
  `console.assert(false, 'a %d', 1); console.assert(false, { a: 1 }, 2); console.assert(0); console.assert(1, 'no')`,
  `console.count(); console.count('x'); console.countReset('x'); console.count('x'); console.count(undefined); console.count(null)`,
  `console.dirxml({ a: 1 }, [2]); console.clear(); console.timeStamp?.('x'); console.log('%o', [1])`,
])('%s', async (code) => {
  const end = await runBody(code)
  expect(end.console.flatMap(({ text }) => text.split('\n'))).toEqual(linesOfNode(code))
})

test.each([
  [`console.countReset('never')`, `Count for 'never' does not exist`],
  [`console.timeEnd('never')`, `No such label 'never' for console.timeEnd()`],
  [`console.time('t'); console.time('t')`, `Label 't' already exists for console.time()`],
])('%s warns', async (code, warning) => {
  const end = await runBody(code)
  expect(end.console.map(({ text }) => text)).toEqual([expect.stringContaining(warning)])
})

test('a console of its own writes to the streams it is given', async () => {
  const end = await runBody(`
    const { Console } = require('console')
    const { Writable } = require('stream')
    const written = []
    const to = (name) => new Writable({ write(chunk, _, done) { written.push(name + ':' + chunk); done() } })
    const own = new Console({ stdout: to('out'), stderr: to('err'), groupIndentation: 4, inspectOptions: { depth: 0 } })
    own.log('a %s', 'b'); own.group('g'); own.warn({ a: { b: 1 } })
    const { log } = own
    log('unbound')
    console.log(JSON.stringify(written), own instanceof Console, console instanceof Console, console.Console === Console, require('console') === console)
    try { new Console({}) } catch ({ code }) { console.log(code) }`)
  expect(end.console.map(({ text }) => text)).toEqual([
    `["out:a b\\n","out:g\\n","err:    { a: [Object] }\\n","out:    unbound\\n"] true true true true`,
    'ERR_CONSOLE_WRITABLE_STREAM',
  ])
})

test('console.time reports a duration', async () => {
  const end = await runBody(`console.time('t'); console.timeLog('t', 'half', 1); console.timeEnd('t')`)
  expect(end.console.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^t: \d+ms half 1$/),
    expect.stringMatching(/^t: \d+ms$/),
  ])
})

test('console.trace shows where it was called', async () => {
  const end = await runBody(`console.trace('here %d', 1)`)
  expect(end.console[0]).toMatchObject({ level: 'error', text: expect.stringMatching(/^Trace: here 1\n {4}at .*/) })
  expect(end.console[0]?.text).toContain('action.js:1:')
})

describe('the limit of the output', () => {
  const small = { limits: { ...limits, outputBytes: 10 } }

  test('text up to the limit is kept whole', async () => {
    const end = await runBody(`console.log('12345'); console.log('67890')`, small)
    expect(end).toMatchObject({ consoleTruncated: false, console: [{ text: '12345' }, { text: '67890' }] })
  })

  test('what is beyond is cut, told of, and does not end the run', async () => {
    const end = await runBody(`console.log('12345'); console.error('678901'); console.log('more')`, small)
    expect(end).toMatchObject({ ending: 'completed', consoleTruncated: true })
    expect(end.console.map(({ text }) => text)).toEqual(['12345', '67890'])
  })

  test('bytes are those of UTF-8, and no character is cut in half', async () => {
    const end = await runBody(`console.log('é'.repeat(4) + '€')`, small)
    expect(end).toMatchObject({ consoleTruncated: true, console: [{ text: 'éééé' }] })
    const pairs = await runBody(`console.log('👩'.repeat(3))`, small)
    expect(pairs).toMatchObject({ consoleTruncated: true, console: [{ text: '👩👩' }] })
  })

  test('empty lines are bounded too', async () => {
    const end = await runBody(`for (let n = 0; n < 20_000; n += 1) console.log()`)
    expect(end.consoleTruncated).toBe(true)
    expect(end.console).toHaveLength(10_000)
  })
})

test('an action that never names the console reaches it all the same', async () => {
  const end = await runBody(`globalThis['con' + 'sole'].log('%s', 'a', { b: [1] }); throw { why: 'no error' }`)
  expect(end.console.map(({ text }) => text)).toEqual(['a { b: [ 1 ] }'])
  expect(end.error?.message).toBe(`{ why: 'no error' }`)
})

test.each([
  ['as the global', `globalThis['con' + 'sole']`],
  ['as the third parameter', 'arguments[2]'],
  ['by code from text', `eval('con' + 'sole')`],
])('a module that does not name it finds it %s, one and the same', async (_, expression) => {
  const source = `const found = ${expression}
    exports.onExecutePostChallenge = async () => { found.log(found === globalThis['con' + 'sole'], typeof found.table) }`
  expect((await runModule(source)).console).toEqual([{ level: 'log', text: 'true function' }])
})
