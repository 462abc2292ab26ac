import { expect, test } from 'vitest'
import { runBody, runModule } from './run-guest.ts'

/** What is thrown, and what the author reads of it. */
const thrown: [expression: string, error: object][] = [
  [`new Error('plain')`, { name: 'Error', message: 'plain' }],
  [`new TypeError('typed')`, { name: 'TypeError', message: 'typed' }],
  [`new (class QuotaError extends Error {})('own class')`, { name: 'QuotaError', message: 'own class' }],
  [
    `Object.assign(new Error('named'), { name: 'AxiosError', code: 'ECONNREFUSED' })`,
    { name: 'AxiosError', message: 'named', code: 'ECONNREFUSED' },
  ],
  [`Object.assign(new Error('numbered'), { code: 42 })`, { name: 'Error', message: 'numbered' }],
  [`new Error()`, { name: 'Error', message: '' }],
  [`'a string'`, { name: 'Error', message: 'a string' }],
  [`42`, { name: 'Error', message: '42' }],
  [`null`, { name: 'Error', message: 'null' }],
  [`undefined`, { name: 'Error', message: 'undefined' }],
  [`Symbol('s')`, { name: 'Error', message: 'Symbol(s)' }],
  [`{ status: 404, reason: 'gone' }`, { name: 'Object', message: "{ status: 404, reason: 'gone' }" }],
  [`Object.create(null)`, { name: 'Error', message: '[Object: null prototype] {}' }],
  [`{ get message() { throw new Error('no') }, get name() { throw 1 } }`, { name: 'Object' }],
  [
    `new Proxy({}, { get() { throw new Error('trap') }, getOwnPropertyDescriptor() { throw new Error('trap') }, ownKeys() { throw new Error('trap') } })`,
    { name: 'Error' },
  ],
  [
    `Object.defineProperty(new Error('first'), 'stack', { get() { throw new Error('second') } })`,
    { name: 'Error', message: 'first' },
  ],
]

test.each(thrown)('throw %s', async (expression, error) => {
  const end = await runBody(`throw ${expression}`)
  expect(end).toMatchObject({ ending: 'threw', commands: [], error })
})

test('texts of an error are cut', async () => {
  const end = await runBody(
    `throw Object.assign(new Error('m'.repeat(5000)), { name: 'n'.repeat(500), code: 'c'.repeat(500) })`,
  )
  expect(end.error?.message).toHaveLength(2_048)
  expect(end.error?.name).toHaveLength(256)
  expect(end.error?.code).toHaveLength(256)
  expect(end.error?.stack?.length).toBeLessThanOrEqual(8_192)
})

test('an error while the module loads is the error of the run', async () => {
  const end = await runModule(`console.log('loading'); throw new Error('at load')`)
  expect(end).toMatchObject({ ending: 'threw', error: { message: 'at load' }, console: [{ text: 'loading' }] })
})

test('commands of a handler that throws afterwards are dropped', async () => {
  const end = await runBody(`api.access.deny('no'); api.cache.set('k', 'v'); throw new Error('then this')`)
  expect(end).toMatchObject({ ending: 'threw', commands: [] })
})
