/** The numbers in a Buffer, against Node's own. */
import { expect, test } from 'vitest'
import { differencesFromNode } from '../same-as-node.ts'

const setup = `const b = Buffer.from([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0xff, 0x80])`
const integers = [
  'Int8',
  'UInt8',
  'Uint8',
  ...['Int16', 'UInt16', 'Int32', 'UInt32', 'BigInt64', 'BigUInt64', 'Float', 'Double'].flatMap((name) => [
    `${name}LE`,
    `${name}BE`,
  ]),
]

test('numbers are read and written alike', async () => {
  const offsets = ['', '0', '1', '2', '6', '9', '10', '-1', '1.5', `'1'`, 'null', 'NaN', 'undefined']
  const values = [
    '0',
    '1',
    '-1',
    '127',
    '128',
    '255',
    '256',
    '-128',
    '65535',
    '-32768',
    '4294967295',
    '4294967296',
    '2 ** 47',
    '1.9',
    '-1.9',
    'NaN',
    'Infinity',
    `'5'`,
    'undefined',
    '1n',
    '-1n',
    '2n ** 63n',
    '2n ** 64n',
  ]
  const read = integers.flatMap((name) => offsets.map((offset) => `b.read${name}(${offset})`))
  const write = integers.flatMap((name) => [
    ...values
      .filter((value) => !name.startsWith('Big') || /n$/.test(value))
      .map((value) => `((c) => [c.write${name}(${value}, 1), c])(Buffer.alloc(10))`),
    ...offsets.map(
      (offset) => `((c) => [c.write${name}(${name.startsWith('Big') ? '1n' : '1'}, ${offset}), c])(Buffer.alloc(9))`,
    ),
  ])
  const lengths = ['1', '2', '3', '4', '5', '6', '7', '0', '-1', '1.5', `'2'`, 'undefined', 'null']
  const variable = ['IntLE', 'IntBE', 'UIntLE', 'UIntBE', 'UintLE'].flatMap((name) => [
    ...lengths.flatMap((length) => ['0', '4', '5', 'undefined'].map((offset) => `b.read${name}(${offset}, ${length})`)),
    ...lengths.flatMap((length) =>
      ['1', '-1', '300', '2 ** 40', '-(2 ** 40)', '2 ** 50'].map(
        (value) => `((c) => [c.write${name}(${value}, 1, ${length}), c])(Buffer.alloc(8))`,
      ),
    ),
  ])
  for (const expressions of [read, write, variable]) expect(await differencesFromNode(expressions, setup)).toEqual([])
})
