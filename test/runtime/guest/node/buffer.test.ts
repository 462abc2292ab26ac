/** `Buffer` and its module, against Node's own. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `const { Buffer, transcode, isUtf8, isAscii } = require('buffer'); const util = { inspect: (value) => value[Symbol.for('nodejs.util.inspect.custom')](2, {}) }`
const differences = (expressions: readonly string[]) => differencesFromNode(expressions, setup)

const encodings = ['utf8', 'UTF-8', 'ucs2', 'utf16le', 'latin1', 'binary', 'ascii', 'hex', 'base64', 'base64url']
const texts = [
  '',
  'a',
  'aé€😀',
  'YWJj',
  'YWJ',
  'YQ==',
  'YQ',
  'Y',
  'a-_b',
  'a+/b==',
  'ff0g',
  'ABCDE',
  'zz',
  ' Y W\\n',
  '\\ud800x',
  'a\\0b',
  '=',
  '==',
  'YQ==YQ==',
  'Y=Q',
]
const names = texts.map((text) => `'${text}'`)
const each = (...make: ((text: string, encoding: string) => string)[]) =>
  names.flatMap((text) => encodings.flatMap((encoding) => make.map((one) => one(text, encoding))))

test('text becomes the same bytes, and bytes the same text, in every encoding', async () => {
  const expressions = each(
    (text, encoding) => `Buffer.from(${text}, '${encoding}')`,
    (text, encoding) => `Buffer.byteLength(${text}, '${encoding}')`,
    (text, encoding) => `Buffer.from(${text}).toString('${encoding}')`,
    (text, encoding) => `(b => [b.write(${text}, 1, '${encoding}'), b])(Buffer.alloc(6))`,
    (text, encoding) => `Buffer.alloc(7, ${text}, '${encoding}')`,
  )
  expect(await differences(expressions)).toEqual([])
})

test('any text and any bytes', async () => {
  const samples = { seed: 7, numRuns: 120 }
  const given = fc.sample(
    fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.base64String({ maxLength: 90 })),
    samples,
  )
  const bytes = fc.sample(fc.uint8Array({ maxLength: 80 }), samples)
  const expressions = encodings.flatMap((encoding) => [
    ...given.map((text) => `Buffer.from(${JSON.stringify(text)}, '${encoding}')`),
    ...bytes.map((list) => `Buffer.from([${list}]).toString('${encoding}')`),
  ])
  for (let start = 0; start < expressions.length; start += 400)
    expect(await differences(expressions.slice(start, start + 400))).toEqual([])
}, 60_000)

test('long texts', async () => {
  const make = `'aé€😀'.repeat(5000)`
  const expressions = encodings.flatMap((encoding) => [
    `Buffer.from(${make}, '${encoding}').reduce((sum, byte, index) => (sum + byte * (index % 97)) % 1e9, 0)`,
    `(text => [text.length, text.slice(-9)])(Buffer.from(${make}).toString('${encoding}'))`,
  ])
  expect(await differences(expressions)).toEqual([])
})

describe('making one', () => {
  test.each([
    [
      'of arrays and their like',
      [
        `Buffer.from([1, 256, -1, 1.9, 'x', '7'])`,
        `Buffer.from({ length: 2, 0: 5 })`,
        `Buffer.from({ length: '2' })`,
        `Buffer.from(new Uint16Array([1, 300]))`,
        `Buffer.from({ type: 'Buffer', data: [1, 2] })`,
        `Buffer.from(Buffer.from('ab').toJSON())`,
        `Buffer.from(new String('ab'))`,
        `Buffer.from({ [Symbol.toPrimitive]: () => 'ab' })`,
        `Buffer.from({ valueOf: () => [1, 2] })`,
        `Buffer.from([])`,
        `Buffer.of(1, 2, 300)`,
        `Buffer.from(new Map())`,
        `Buffer.from(new Set([1]))`,
        `Buffer.from(new DataView(new ArrayBuffer(2)))`,
      ],
    ],
    [
      'of buffers, which it shares',
      [
        `(a => { const b = Buffer.from(a, 1, 2); a[1] = 0; new Uint8Array(a)[1] = 9; return [b, b.byteOffset, b.buffer === a] })(new ArrayBuffer(4))`,
        `Buffer.from(new ArrayBuffer(4), 5)`,
        `Buffer.from(new ArrayBuffer(4), 1, 4)`,
        `Buffer.from(new ArrayBuffer(4), 1, -1)`,
        `Buffer.from(new ArrayBuffer(4), 'x')`,
        `Buffer.from(new ArrayBuffer(4), NaN, NaN)`,
        `(a => { const b = Buffer.from(a); a[0] = 9; return b })(Buffer.from('ab'))`,
        `Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1)`,
        `Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 9)`,
        `Buffer.copyBytesFrom([1])`,
        `Buffer.copyBytesFrom(new Uint8Array(3), -1)`,
      ],
    ],
    [
      'of nothing that fits',
      [
        `Buffer.from()`,
        `Buffer.from(null)`,
        `Buffer.from(5)`,
        `Buffer.from(true)`,
        `Buffer.from({})`,
        `Buffer.from(Symbol('x'))`,
        `Buffer.from(() => {})`,
        `Buffer.from(1n)`,
        `Buffer.from(new Date(0))`,
        `Buffer.from(Object.create(null))`,
        `Buffer.from({ constructor: { name: '' } })`,
        `Buffer.from('a', 'nope')`,
        `Buffer.from('a', 5)`,
        `Buffer.from('a', null)`,
        `Buffer.from('', 'nope')`,
        `Buffer.from(-0)`,
      ],
    ],
    [
      'of a size',
      [
        `Buffer.alloc(3)`,
        `Buffer.alloc(3, 1)`,
        `Buffer.alloc(5, 'ab')`,
        `Buffer.alloc(5, 'é')`,
        `Buffer.alloc(4, Buffer.from([1, 2]))`,
        `Buffer.alloc(0, 'x')`,
        `Buffer.alloc(2, '')`,
        `Buffer.alloc(2, 257)`,
        `Buffer.alloc(2, 'ab', 'nope')`,
        `Buffer.alloc('3')`,
        `Buffer.alloc(-1)`,
        `Buffer.alloc(NaN)`,
        `Buffer.alloc(2 ** 54)`,
        `Buffer.alloc(1.5)`,
        `Buffer.alloc(2, 'zz', 'hex')`,
        `Buffer.alloc(2, Buffer.alloc(0))`,
        `Buffer.alloc(2, {})`,
        `Buffer.alloc(2, true)`,
        `Buffer.alloc(2, null)`,
        `Buffer.allocUnsafe(9).length`,
        `Buffer.allocUnsafe('x')`,
        `Buffer.allocUnsafeSlow(70).length`,
        `Buffer.allocUnsafe(8, 3)`,
        `Buffer.allocUnsafe(8, 64).length`,
      ],
    ],
    [
      'as it was done once',
      [
        `Buffer(3)`,
        `new Buffer('ab')`,
        `new Buffer([1])`,
        `new Buffer(3, 'utf8')`,
        `Buffer('YQ', 'base64')`,
        `new Buffer(2) instanceof Buffer`,
      ],
    ],
    [
      'of others',
      [
        `Buffer.concat([Buffer.from('a'), new Uint8Array([1]), Buffer.alloc(0)])`,
        `Buffer.concat([Buffer.from('abc')], 2)`,
        `Buffer.concat([Buffer.from('abc')], 5)`,
        `Buffer.concat([])`,
        `Buffer.concat('x')`,
        `Buffer.concat(['x'])`,
        `Buffer.concat([Buffer.from('a'), 5])`,
        `Buffer.concat([Buffer.from('abc')], -1)`,
        `Buffer.concat([Buffer.from('abc'), Buffer.from('d')], 2)`,
      ],
    ],
  ])('%s', async (_, expressions) => {
    expect(await differences(expressions)).toEqual([])
  })
})

test('what is looked for is found at the same place', async () => {
  const needles = [
    `'a'`,
    `'ab'`,
    `''`,
    `'x'`,
    `'é'`,
    '97',
    '97.9',
    '353',
    '-159',
    `Buffer.from('ba')`,
    `Buffer.alloc(0)`,
    'new Uint8Array([97])',
    'null',
    '{}',
    'undefined',
    'true',
  ]
  const places = [
    '',
    '0',
    '1',
    '4',
    '9',
    '99',
    '-1',
    '-3',
    '-99',
    'NaN',
    'null',
    'undefined',
    `'1'`,
    '1.7',
    'Infinity',
    '-Infinity',
  ]
  const methods = ['indexOf', 'lastIndexOf', 'includes']
  const expressions = methods.flatMap((method) =>
    needles.flatMap((needle) => places.map((place) => `b.${method}(${needle}, ${place})`)),
  )
  expressions.push(
    `b.indexOf('b', 0, 1)`,
    `b.indexOf('b', 0, 2)`,
    `b.lastIndexOf('b', undefined, 3)`,
    `b.indexOf('61', 'hex')`,
    `b.indexOf('YQ', 0, 'base64')`,
    `b.indexOf('a', 0, 'nope')`,
    `Buffer.from('aXbX', 'utf16le').indexOf('X', 0, 'utf16le')`,
    `Buffer.from('aXbX', 'utf16le').lastIndexOf('X', undefined, 'utf16le')`,
    `Buffer.from('abcabc', 'utf16le').indexOf('c', 5, 'ucs2')`,
    `Buffer.from([1, 0, 97, 0]).indexOf('a', 1, 'utf16le')`,
    `Buffer.from('aa').indexOf(Buffer.from('aaa'))`,
  )
  expect(await differencesFromNode(expressions, `${setup}; const b = Buffer.from('abaéab')`)).toEqual([])
})

test('the rest of the module', async () => {
  const expressions = [
    ...encodings.flatMap((from) => encodings.map((to) => `transcode(Buffer.from('aé€'), '${from}', '${to}')`)),
    `transcode('x', 'utf8', 'latin1')`,
    `transcode(Buffer.alloc(0), 'x', 'y')`,
    `isUtf8(Buffer.from('é'))`,
    `isUtf8(Buffer.from([0xff]))`,
    `isUtf8(new ArrayBuffer(1))`,
    `isUtf8('x')`,
    `isAscii(Buffer.from('é'))`,
    `isAscii(Buffer.from('e'))`,
    `isAscii(new Uint16Array([300]))`,
    `isAscii(5)`,
    `require('buffer').constants`,
    `require('buffer').kMaxLength`,
    `require('buffer').kStringMaxLength`,
    `require('buffer').INSPECT_MAX_BYTES`,
    `require('buffer').INSPECT_MAX_BYTES = -1`,
    `require('buffer').Buffer === globalThis.Buffer`,
    `require('buffer').atob === globalThis.atob`,
    `'SlowBuffer' in require('buffer')`,
    ...['YWJj', 'YW Jj\\n', 'YQ', 'YQ==', 'YQ=', 'Y', '=', 'a-_b', '', 'YWJj=', 'é', 'YR=='].map(
      (text) => `atob('${text}')`,
    ),
    `atob()`,
    `atob(null)`,
    `atob(undefined)`,
    `atob({ toString: () => 'YQ' })`,
    `btoa('é')`,
    `btoa('€')`,
    `btoa()`,
    `btoa(12)`,
    `btoa('\\xff\\0')`,
    `btoa('')`,
    `(() => { try { atob('é') } catch (error) { return [error instanceof DOMException, error.code] } })()`,
    `util.inspect(Buffer.from('abc'))`,
    `util.inspect(Buffer.alloc(60))`,
    `util.inspect(Buffer.alloc(51))`,
    `util.inspect(Object.assign(Buffer.from('a'), { x: 1 }))`,
  ]
  expect(await differences(expressions)).toEqual([])
})
