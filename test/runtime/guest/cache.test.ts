import { expect, test } from 'vitest'
import { commandsOf, evaluate, runBody } from './run-guest.ts'

const minute = 60_000
const hour = 60 * minute
const later = () => Date.now() + hour

test('a stored value is read back at once, as a copy', async () => {
  const value = await evaluate(
    `[api.cache.get('k').value, api.cache.get('k') === api.cache.get('k')]`,
    `api.cache.set('k', 'v'); api.cache.get('k').value = 'changed'`,
  )
  expect(value).toEqual(['v', false])
})

test('a value of an earlier run is there', async () => {
  const expires_at = later()
  expect(await evaluate(`api.cache.get('k')`, '', { cache: { k: { value: 'v', expires_at } } })).toEqual({
    value: 'v',
    expires_at,
  })
})

test('an expired value is invisible and cannot be deleted', async () => {
  const cache = { k: { value: 'v', expires_at: Date.now() - 1 } }
  expect(await evaluate(`[typeof api.cache.get('k'), api.cache.delete('k')]`, '', { cache })).toEqual([
    'undefined',
    { type: 'error', code: 'CacheKeyDoesNotExist' },
  ])
})

test('a deleted value is gone, and both writes are recorded', async () => {
  const commands = await commandsOf(`
    api.cache.set('k', 'v', { expires_at: ${later()} })
    const answer = api.cache.delete('k')
    if (answer.type !== 'success' || api.cache.get('k') !== undefined) throw new Error('still there')`)
  expect(commands).toMatchObject([
    { type: 'cache.set', key: 'k', record: { value: 'v' } },
    { type: 'cache.delete', key: 'k' },
  ])
})

test.each(['__proto__', 'constructor', 'hasOwnProperty', 'toString'])('%s is a key like any other', async (key) => {
  const setup = `const before = typeof api.cache.get('${key}'); api.cache.set('${key}', 'mine')`
  expect(await evaluate(`[before, api.cache.get('${key}').value]`, setup)).toEqual(['undefined', 'mine'])
})

/** Options of `set`, and how long the record lives from now on. */
const lives: [options: string, lifeMs: number][] = [
  ['undefined', 15 * minute],
  ['{}', 15 * minute],
  ['{ ttl: 1000.9 }', 1_000],
  ['{ ttl: 1000, expires_at: Date.now() + 5000 }', 1_000],
  ['{ ttl: 5000, expires_at: Date.now() + 1000 }', 1_000],
  ['{ expires_at: Date.now() + 1000 }', 1_000],
  [`{ ttl: ${48 * hour} }`, 24 * hour],
  ['{ expires_at: 8.64e15 }', 24 * hour],
]

test.each(lives)('with %s a record lives %i ms', async (options, lifeMs) => {
  const [answer, before, after] = (await evaluate(
    '[answer, before, Date.now()]',
    `const before = Date.now(); const answer = api.cache.set('k', 'v', ${options})`,
  )) as [{ type: string; record: { expires_at: number } }, number, number]
  expect(answer.type).toBe('success')
  expect(answer.record.expires_at).toBeGreaterThanOrEqual(before + lifeMs)
  expect(answer.record.expires_at).toBeLessThanOrEqual(after + lifeMs)
})

/** What is stored first, the call, and the code it answers. */
const refusals: [setup: string, call: string, code: string][] = [
  ['', `set('k'.repeat(65), 'v')`, 'CacheKeySizeExceeded'],
  ['', `set('é'.repeat(33), 'v')`, 'CacheKeySizeExceeded'],
  ['', `set('k', 'v'.repeat(4097))`, 'CacheValueSizeExceeded'],
  ['', `set('k', '€'.repeat(1366))`, 'CacheValueSizeExceeded'],
  [`for (let n = 0; n < 20; n += 1) api.cache.set('k' + n, '')`, `set('k20', '')`, 'CacheSizeExceeded'],
  [`api.cache.set('a', 'x'.repeat(4096))`, `set('b', 'x'.repeat(4095))`, 'CacheSizeExceeded'],
  ['', `set('k', 'v', { ttl: 0 })`, 'ItemAlreadyExpired'],
  ['', `set('k', 'v', { ttl: -1 })`, 'ItemAlreadyExpired'],
  ['', `set('k', 'v', { expires_at: 1 })`, 'ItemAlreadyExpired'],
  ['', `set('k', 'v', { ttl: '60' })`, 'InvalidExpiry'],
  ['', `set('k', 'v', { ttl: NaN })`, 'InvalidExpiry'],
  ['', `set('k', 'v', { ttl: Infinity })`, 'InvalidExpiry'],
  ['', `set('k', 'v', { ttl: 1000, expires_at: new Date() })`, 'InvalidExpiry'],
  ['', `delete('k')`, 'CacheKeyDoesNotExist'],
  [`for (let n = 0; n < 64; n += 1) api.cache.set('k', 'v')`, `set('k', 'v')`, 'MaxSideEffectsExceeded'],
  [`for (let n = 0; n < 64; n += 1) api.cache.set('k', 'v')`, `delete('k')`, 'MaxSideEffectsExceeded'],
]

test.each(refusals)('%s api.cache.%s answers %s and stores nothing', async (setup, call, code) => {
  const before = await commandsOf(setup)
  const end = await runBody(`${setup}; console.log(JSON.stringify(api.cache.${call}))`)
  expect(end.console).toEqual([{ level: 'log', text: JSON.stringify({ type: 'error', code }) }])
  expect(end.ending).toBe('completed')
  expect(end.commands).toHaveLength(before.length)
})

const fits: [setup: string, call: string][] = [
  ['', `set('é'.repeat(32), 'v')`],
  ['', `set('k', '€'.repeat(1365))`],
  [`api.cache.set('a', 'x'.repeat(4096))`, `set('b', 'x'.repeat(4094))`],
  [`for (let n = 0; n < 20; n += 1) api.cache.set('k' + n, '')`, `set('k7', 'again')`],
]

test.each(fits)('%s api.cache.%s just fits', async (setup, call) => {
  expect(await evaluate(`api.cache.${call}`, setup)).toMatchObject({ type: 'success' })
})

test('expired records take no room', async () => {
  const cache = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`k${n}`, { value: 'x', expires_at: Date.now() - 1 }]),
  )
  expect(await evaluate(`api.cache.set('new', 'v')`, '', { cache })).toMatchObject({ type: 'success' })
})

test('a denial still counts when cache writes have used up the quota: the run does not complete without it', async () => {
  const end = await runBody(`for (let n = 0; n < 100; n += 1) api.cache.set('k', 'v'); api.access.deny('no')`)
  expect(end.ending).toBe('exceeded-output')
})
