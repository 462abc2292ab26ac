/** `assert`, against Node's own: what passes, and what an assertion says that does not. */
import { expect, test } from 'vitest'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const assert = require('assert')
  const told = (error) => error instanceof Error
    ? [error.name, error.code ?? null, error.message, error.generatedMessage ?? null, error.operator ?? null, String(error)]
    : ['threw', error]
  const check = (call) => { try { return [call()] } catch (error) { return told(error) } }
  const later = async (call) => { try { return [await call()] } catch (error) { return told(error) } }
  const numbers = (n, change = {}) => Array.from({ length: n }, (_, i) => change[i] ?? i)
  class Mine extends Error {}
  class Box { constructor(v) { this.v = v } }`

const pairs = [
  [`1`, `2`],
  [`1`, `'1'`],
  [`1`, `1`],
  [`NaN`, `NaN`],
  [`0`, `-0`],
  [`null`, `undefined`],
  [`'abcdef'`, `'abcxef'`],
  [`'a longer text than twelve'`, `'a longer text than eleven'`],
  [`'one\\ntwo'`, `'one\\nthree'`],
  [`'x'.repeat(100)`, `'y'.repeat(100)`],
  [`{ a: 1 }`, `{ a: 1 }`],
  [`{ a: 1 }`, `{ a: 2 }`],
  [`{ a: 1, b: 2 }`, `{ a: 1 }`],
  [`{ a: 1 }`, `{ a: 1, b: 2 }`],
  [`{ a: [1, { b: 2 }], c: 'x' }`, `{ a: [1, { b: 3 }], c: 'x' }`],
  [`[1, 2, 3]`, `[1, 2, 4]`],
  [`[1, 2, 3]`, `[3]`],
  [`numbers(40)`, `numbers(40, { 3: 'x', 25: 'y' })`],
  [`numbers(12)`, `numbers(12, { 11: 'x' })`],
  [`numbers(80)`, `numbers(80)`],
  [`new Set([1, { a: 1 }])`, `new Set([1, { a: 2 }])`],
  [`new Map([['a', 1]])`, `new Map([['a', '1']])`],
  [`new Box(1)`, `{ v: 1 }`],
  [`new Date(0)`, `new Date(1)`],
  [`/a/g`, `/a/i`],
  [`() => {}`, `() => {}`],
  [`Symbol.iterator`, `Symbol.iterator`],
  [`new Error('x')`, `new Error('y')`],
  [`{ a: 1n }`, `{ a: 1 }`],
  [`[{ a: 1 }]`, `[{ a: '1' }]`],
  [`null`, `{}`],
  [`'text'`, `{}`],
]
const comparisons = [
  'equal',
  'notEqual',
  'strictEqual',
  'notStrictEqual',
  'deepEqual',
  'notDeepEqual',
  'deepStrictEqual',
  'notDeepStrictEqual',
  'partialDeepStrictEqual',
]

test.each(comparisons)('%s', async (name) => {
  const expressions = pairs.flatMap(([actual, expected]) => [
    `check(() => assert.${name}(${actual}, ${expected}))`,
    // With words of one's own, errors are shown with their stacks.
    ...(actual?.includes('Error') ? [] : [`check(() => assert.${name}(${actual}, ${expected}, 'with my words'))`]),
  ])
  const arguments_ = [`check(() => assert.${name}(1))`, `check(() => assert.strict.${name}({ a: 1 }, { a: '1' }))`]
  expect(await differencesFromNode([...expressions, ...arguments_], setup)).toEqual([])
})

const throwing = `() => { throw Object.assign(new TypeError('wrong thing'), { code: 'E_WRONG', extra: { a: 1 } }) }`
const expectations = [
  ``,
  `TypeError`,
  `RangeError`,
  `Error`,
  `/wrong/`,
  `/right/`,
  `{ code: 'E_WRONG' }`,
  `{ code: 'E_RIGHT', message: /wrong/ }`,
  `{ extra: { a: 1 } }`,
  `{ extra: { a: 2 } }`,
  `{ missing: 1 }`,
  `{}`,
  `new TypeError('wrong thing')`,
  `new TypeError('other')`,
  `(error) => error.code === 'E_WRONG'`,
  `function isRight(error) { return false }`,
  `'my words'`,
  `'wrong thing'`,
  `RangeError, 'my words'`,
  `/right/, 'my words'`,
  `{ code: 1 }, 'my words'`,
  `5`,
  `'words', 'more'`,
  `null`,
  `Mine`,
]

test('throws and rejects', async () => {
  const expressions = expectations.flatMap((expectation) => [
    `check(() => assert.throws(${throwing}, ${expectation}))`,
    `check(() => assert.throws(() => {}, ${expectation}))`,
    // Errors among the expectations are shown with their stacks.
    ...(/Error/.test(expectation) ? [] : [`check(() => assert.throws(() => { throw 'text' }, ${expectation}))`]),
    `later(() => assert.rejects(async ${throwing}, ${expectation}))`,
    `later(() => assert.rejects(Promise.resolve(), ${expectation}))`,
    `check(() => assert.doesNotThrow(${throwing}, ${expectation}))`,
    `later(() => assert.doesNotReject(async ${throwing}, ${expectation}))`,
  ])
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('the rest', async () => {
  const expressions = [
    `check(() => assert(true))`,
    `check(() => assert())`,
    `check(() => assert(0, 'my words'))`,
    `check(() => assert.ok(null, 'with %s', 'values'))`,
    `check(() => assert.ok(0, new Mine('own')))`,
    `check(() => assert.ok(0, () => 'made'))`,
    `check(() => assert.equal(1, 2, new RangeError('own')))`,
    `check(() => assert.equal(1, 2, 5))`,
    `check(() => assert.equal(1, 2, (a, b) => a + ' is not ' + b))`,
    `check(() => assert.fail())`,
    `check(() => assert.fail('why'))`,
    `check(() => assert.fail(new Mine('own')))`,
    `check(() => assert.match('abc', /b/))`,
    `check(() => assert.match('abc', /x/))`,
    `check(() => assert.match(5, /x/))`,
    `check(() => assert.match('abc', 'x'))`,
    `check(() => assert.doesNotMatch('abc', /b/))`,
    `check(() => assert.doesNotMatch('abc', /b/, 'my words'))`,
    `check(() => assert.ifError(null))`,
    `check(() => assert.ifError(new Mine('own')))`,
    `check(() => assert.ifError('text'))`,
    `check(() => assert.throws('no function'))`,
    `later(() => assert.rejects(() => 5))`,
    `later(() => assert.rejects(5))`,
    `[assert.strict === require('assert/strict'), assert.strict.strict === assert.strict, assert.strict.equal === assert.strictEqual]`,
    `(({ name, message, actual, expected, operator }) => [name, message, actual, expected, operator])(new assert.AssertionError({ actual: 1, expected: 2, operator: 'strictEqual' }))`,
    `check(() => new assert.AssertionError())`,
    `check(() => new assert.Assert({ strict: false }).equal(1, '1'))`,
    `check(() => new assert.Assert({ strict: true }).equal(1, '1'))`,
    `check(() => new assert.Assert({ diff: 'none' }))`,
    `check(() => assert.Assert())`,
    `check(() => new assert.Assert({ skipPrototype: true }).deepStrictEqual(new Box(1), { v: 1 }))`,
    `check(() => new assert.Assert({ diff: 'full' }).deepStrictEqual(numbers(80), numbers(80)))`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('what is falsy without a message is shown by its value', async () => {
  const expressions = [
    `(() => { try { require('assert')(0) } catch (error) { return error instanceof require('assert').AssertionError } })()`,
  ]
  expect(await differencesFromNode(expressions)).toEqual([])
})
