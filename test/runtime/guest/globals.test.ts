import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { permits } from '../../../runtime/src/guest/permits.ts'
import { evaluate, runBody } from './run-guest.ts'

const namesWith = (...verdicts: string[]) =>
  Object.entries(permits)
    .filter(([, { verdict }]) => verdicts.includes(verdict))
    .map(([name]) => name)

test('a context has the permitted globals and no other', async () => {
  const names = (await evaluate(`Reflect.ownKeys(globalThis).map(String)`)) as string[]
  expect(names.sort()).toEqual(namesWith('keep', 'wrap', 'replace', 'add').sort())
})

test('somebody has looked at every global of this V8', () => {
  const names: string[] = runInNewContext('Reflect.ownKeys(globalThis).map(String)')
  expect(names.filter((name) => !Object.hasOwn(permits, name))).toEqual([])
})

test.each(namesWith('remove', 'switched-off'))('%s cannot be reached', async (name) => {
  expect(await evaluate(`[typeof ${name}, '${name}' in globalThis]`)).toEqual(['undefined', false])
})

test.each(Object.entries(permits))('the verdict on %s has a reason', (_, { reason }) => {
  expect(reason.length).toBeGreaterThan(10)
})

/** Every way to a buffer that grows outside of the heap limit. */
const resizable = [
  'new ArrayBuffer(8, { maxByteLength: 16 })',
  'Reflect.construct(ArrayBuffer, [8, { maxByteLength: 16 }])',
  'new (class extends ArrayBuffer {})(8, { maxByteLength: 16 })',
  'new (new Uint8Array(1).buffer.constructor)(8, { maxByteLength: 16 })',
  'new (ArrayBuffer.prototype.constructor)(8, { get maxByteLength() { return 16 } })',
  'new (Object.getPrototypeOf(new ArrayBuffer(1)).constructor)(8, { maxByteLength: 16 })',
  'new (ArrayBuffer[Symbol.species])(8, { maxByteLength: 16 })',
]

test.each(resizable)('%s is refused', async (expression) => {
  const end = await runBody(expression)
  expect(end.error).toMatchObject({
    name: 'RangeError',
    message: 'Resizable ArrayBuffers are not available to actions.',
  })
})

test('an ArrayBuffer of fixed length works as ever', async () => {
  const value = await evaluate(`[
    new ArrayBuffer(8).byteLength, new ArrayBuffer(8) instanceof ArrayBuffer, ArrayBuffer.name, ArrayBuffer.length,
    ArrayBuffer.isView(new Uint8Array(2)), new Uint8Array([1, 2, 3]).buffer.slice(1).byteLength,
    new ArrayBuffer(4).transfer(8).resizable, new ArrayBuffer(2, {}).resizable,
    new (class Mine extends ArrayBuffer {})(3).constructor.name,
    Object.prototype.toString.call(new ArrayBuffer(1)),
  ]`)
  expect(value).toEqual([8, true, 'ArrayBuffer', 1, true, 2, false, false, 'Mine', '[object ArrayBuffer]'])
  expect((await runBody('ArrayBuffer(8)')).error?.message).toBe("Constructor ArrayBuffer requires 'new'")
})

test('nothing of the door is left in the context', async () => {
  expect(await evaluate(`Reflect.ownKeys(globalThis).filter((key) => String(key).startsWith('__'))`)).toEqual([])
})
