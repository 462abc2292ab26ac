/** `util`, `querystring` and `punycode`, against Node's own. */
import { types } from 'node:util'
import { expect, test } from 'vitest'
import { runBody } from '../run-guest.ts'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `
  const util = require('util')
  const qs = require('querystring')
  const punycode = require('punycode')
  const fails = (call) => { try { return call() } catch (error) { return [error.name, error.code, error.message] } }
  const called = (f, ...args) => new Promise((done) => f(...args, (...given) => done(given)))
  class Box { constructor(v) { this.v = v } }
  class Other { constructor(v) { this.v = v } }
  const loop = (v) => { const o = { v }; o.self = o; return o }
  const values = {
    number: 1, nan: NaN, zero: 0, negativeZero: -0, text: '1', empty: '', yes: true, nothing: null, absent: undefined, big: 1n,
    object: {}, list: [], listOfOne: [1], sparse: [, 1], named: Object.assign([1], { a: 1 }), text1: ['1'], bare: Object.create(null),
    a1: { a: 1 }, a1b: { a: 1, b: undefined }, a2: { a: 2 }, aText: { a: '1' }, symbol: { [Symbol.for('s')]: 1 }, deep: { a: [{ b: new Map([['k', new Set([1])]]) }] },
    deepAgain: { a: [{ b: new Map([['k', new Set([1])]]) }] }, box: new Box(1), boxAgain: new Box(1), other: new Other(1), loop: loop(1), loopAgain: loop(1), loop2: loop(2),
    date: new Date(0), dateAgain: new Date(0), later: new Date(1), never: new Date(NaN), pattern: /a/g, patternAgain: /a/g, patternI: /a/i,
    set: new Set([1, { a: 1 }]), setAgain: new Set([{ a: 1 }, 1]), set2: new Set([1, { a: 2 }]), map: new Map([[{ k: 1 }, 'v'], ['x', 1]]), mapAgain: new Map([['x', 1], [{ k: 1 }, 'v']]), map2: new Map([['x', 2], [{ k: 1 }, 'v']]),
    bytes: new Uint8Array([1, 2]), bytesAgain: new Uint8Array([1, 2]), bytes3: new Uint8Array([1, 3]), words: new Uint16Array([1, 2]), floats: new Float64Array([0, NaN]), floatsAgain: new Float64Array([-0, NaN]), buffer: Buffer.from([1, 2]), memory: new Uint8Array([1, 2]).buffer, view: new DataView(new Uint8Array([1, 2]).buffer),
    error: new Error('x'), errorAgain: new Error('x'), typeError: new TypeError('x'), errorY: new Error('y'), cause: new Error('x', { cause: 1 }), coded: Object.assign(new Error('x'), { code: 1 }),
    boxed: Object(1), boxedAgain: Object(1), boxedText: Object('1'), boxedTrue: Object(true), call: () => {}, weak: new WeakMap(), promise: Promise.resolve(),
    generator: (function* () {})(), asyncCall: async () => {}, generatorCall: function* () {}, asyncGeneratorCall: async function* () {}, mapIterator: new Map().keys(), setIterator: new Set().values(), arguments: (function () { return arguments })(1), weakSet: new WeakSet(), method: { m() {} }.m, asyncMethod: { async m() {} }.m,
  }
  const names = Object.keys(values)`

const promised = [
  `util.promisify((a, done) => done(null, a + 1))(1)`,
  `util.promisify((done) => done(new Error('no')))().catch((e) => e.message)`,
  `util.promisify((done) => done('text'))().catch((e) => e)`,
  `util.promisify(function (done) { done(null, this.x) }).call({ x: 5 })`,
  `(() => { const f = (a, b) => {}; f.extra = 1; const p = util.promisify(f); return [p.name, p.length, p.extra, p[util.promisify.custom] === p, util.promisify(p) === p] })()`,
  `(() => { const f = () => {}; f[util.promisify.custom] = async () => 'own'; return util.promisify(f)() })()`,
  `fails(() => util.promisify('x'))`,
  `fails(() => { const f = () => {}; f[util.promisify.custom] = 1; util.promisify(f) })`,
  `util.promisify.custom`,
  `called(util.callbackify(async (a) => a * 2), 4)`,
  `called(util.callbackify(async () => { throw new Error('no') })).then(([e]) => e.message)`,
  `called(util.callbackify(() => Promise.reject(null))).then(([e]) => [e.code, e.message, e.reason])`,
  `(() => { const f = util.callbackify(async function named(a, b) {}); return [f.name, f.length] })()`,
  `fails(() => util.callbackify(async () => {})())`,
  `fails(() => util.callbackify(1))`,
]

const rest = [
  `(() => { function A() {} function B() {}; B.prototype.hi = () => 'hi'; util.inherits(A, B); return [new A().hi(), A.super_ === B, new A() instanceof B] })()`,
  `fails(() => util.inherits(null, () => {}))`,
  `fails(() => util.inherits(function () {}, undefined))`,
  `fails(() => util.inherits(function () {}, () => {}))`,
  `util.stripVTControlCharacters('\\u001b[31mred\\u001b[39m')`,
  `fails(() => util.stripVTControlCharacters(1))`,
  `util.toUSVString('a\\ud800')`,
  `[util.getSystemErrorName(-2), util.getSystemErrorMessage(-2), util.getSystemErrorName(-9999), util.getSystemErrorMap().get(-13), util.getSystemErrorMap().size]`,
  `fails(() => util.getSystemErrorName(1))`,
  `fails(() => util.getSystemErrorName('x'))`,
  `(({ message, errno, code, syscall }) => [message, errno, code, syscall])(util._errnoException(-2, 'open', 'file'))`,
  `(({ message, errno, code, syscall, address, port }) => [message, errno, code, syscall, address, port])(util._exceptionWithHostPort(-111, 'connect', '127.0.0.1', 80))`,
  `util.styleText('red', 'x', { validateStream: false })`,
  `util.styleText(['bold', 'underline'], 'a\\u001b[22mb', { validateStream: false })`,
  `util.styleText('#fa0', 'x', { validateStream: false })`,
  `util.styleText(['red', 'none'], 'a\\u001b[39mb', { validateStream: false })`,
  `fails(() => util.styleText('sepia', 'x', { validateStream: false }))`,
  `fails(() => util.styleText('red', 5))`,
  `fails(() => util.styleText('#12', 'x', { validateStream: false }))`,
  `util.diff('abcx', 'abyc')`,
  `util.diff(['1', '2', '3'], ['1', '3', '4'])`,
  `util.diff('same', 'same')`,
  `util.diff('', 'abc')`,
  `fails(() => util.diff(1, 2))`,
  `fails(() => util.diff(['a', 1], []))`,
  `(() => { const log = util.debuglog('x'); return [log.enabled, log('quiet')] })()`,
  `util.isDeepStrictEqual(new Box(1), new Other(1), true)`,
  `new util.TextDecoder().decode(new util.TextEncoder().encode('é'))`,
  `[util.TextDecoder === TextDecoder, util.types === require('util/types'), require('sys') === util]`,
  `util.format('%s %d %i %f %j %o %O %c %%', 'a', 1.5, 1.5, '2.5', { a: 1 }, [1], { b: {} }, 'css', 'more')`,
  `util.formatWithOptions({ compact: false }, { a: { b: 1 } })`,
  `util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 })`,
  `util.inspect({ a: 1n, b: Symbol('x') }, false, 1, true)`,
  `[util.inspect.custom, util.inspect.defaultOptions.depth, util.inspect.styles.number]`,
  `util.getCallSites(1).length`,
  `fails(() => util.getCallSites(0))`,
  `(async () => { const c = new AbortController(); const p = util.aborted(c.signal, {}); c.abort(); return (await p).type })()`,
]

const queries = [
  `{ ...qs.parse('a=1&a=2&b=%C3%A9&c=d+e&&=x&f&g=h=i&__proto__=p') }`,
  `{ ...qs.parse('a:1;b:2', ';', ':') }`,
  `{ ...qs.parse('a&&b', '&&') }`,
  `{ ...qs.parse('a=%zz&b=%E9&c=€%41') }`,
  `{ ...qs.parse('a=€%zz&b=%') }`,
  `{ ...qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }) }`,
  `{ ...qs.parse('a=1&&&b=2', null, null, { maxKeys: 2 }) }`,
  `Object.keys(qs.parse(Array.from({ length: 1200 }, (_, n) => 'k' + n + '=1').join('&'))).length`,
  `{ ...qs.parse('a=b+c', null, null, { decodeURIComponent: (text) => '<' + text + '>' }) }`,
  `{ ...qs.parse('') }`,
  `{ ...qs.parse(5) }`,
  `Object.getPrototypeOf(qs.parse('a')) === null`,
  `qs.stringify({ a: [1, 'two', true, null, undefined, {}, 3n, NaN, 1e22], b: 'c d&=é', e: [], '': 'x', f: '' })`,
  `qs.stringify({ a: 1, b: 2 }, ';', ':')`,
  `qs.stringify({ a: 'x y' }, null, null, { encodeURIComponent: (text) => text.toUpperCase() })`,
  `[qs.stringify('text'), qs.stringify(null), qs.stringify([1, 2])]`,
  `[qs.escape('a b*\\'()!~'), qs.escape(5), qs.escape({}), qs.escape([1, 2])]`,
  `fails(() => qs.escape('\\ud800'))`,
  `[qs.unescape('%41%zz'), qs.unescape('a+b'), String(qs.unescapeBuffer('a+%41%e9', true))]`,
  `[qs.encode === qs.stringify, qs.decode === qs.parse]`,
  `[punycode.toASCII('mañana.example'), punycode.toUnicode('xn--maana-pta.example'), punycode.encode('☃-⌘'), punycode.decode('--dqo34k'), punycode.ucs2.decode('😀a'), punycode.version]`,
  `fails(() => punycode.decode('\\x80'))`,
]

test.each([
  ['promisify and callbackify', promised],
  ['the rest of util', rest],
  ['queries and punycode', queries],
])('%s agree', async (_, expressions) => {
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('every pair of values is equal, or not, as in Node', async () => {
  const expressions = [
    `names.map((left) => [left, names.filter((right) => util.isDeepStrictEqual(values[left], values[right])).join()])`,
  ]
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('values have the types they have in Node', async () => {
  const checks = Object.keys(types).filter((name) => name !== 'isProxy')
  const expressions = checks.flatMap((name) => [
    `names.filter((value) => util.types.${name}(values[value])).join()`,
    `[Object.create(Map.prototype), new (class extends Map {})(), new Proxy({}, {}), Object.create(Error.prototype)].map(util.types.${name})`,
  ])
  expect(await differencesFromNode(expressions, setup)).toEqual([])
})

test('what is deprecated says so once', async () => {
  const end = await runBody(`
    const { deprecate } = require('util')
    const old = deprecate((a, b) => a, 'old is old', 'DEP_OLD')
    console.log(old(1), old(2), old.name, old.length)
    deprecate(() => {}, 'another text', 'DEP_OLD')()
    class Was { constructor(v) { this.v = v } }
    const Now = deprecate(Was, 'Was is old')
    console.log(new Now(5).v, new Was(1) instanceof Now)`)
  const texts = end.console.map(({ text }) => text)
  expect(texts.filter((text) => !text.includes('Deprecation'))).toEqual(['1 2 deprecated 2', '5 true'])
  expect(texts.filter((text) => text.includes('DeprecationWarning: old is old'))).toHaveLength(1)
  expect(texts.filter((text) => text.includes('DeprecationWarning: Was is old'))).toHaveLength(1)
  expect(texts.filter((text) => text.includes('another text'))).toEqual([])
})
