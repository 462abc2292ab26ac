import { format } from 'node:util'
import { describe, expect, test } from 'vitest'
import { limits, runBody } from './run-guest.ts'

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

test('console.time reports a duration', async () => {
  const end = await runBody(
    `console.time('t'); console.timeLog('t', 'half', 1); console.timeEnd('t'); console.timeEnd('t')`,
  )
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
