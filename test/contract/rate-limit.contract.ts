import { describe, expect, test } from 'vitest'
import {
  awkwardTexts,
  minute,
  now,
  type OpenEngine,
  otherTenant,
  race,
  type ShortLivedStores,
  tenant,
  useEngine,
} from './engine.ts'

const bucket = { burst: 3, refillMs: 10_000 }
const window = { most: 3, windowMs: minute }

export const rateLimitContract = (open: OpenEngine<Pick<ShortLivedStores, 'rateLimits'>>) =>
  describe('rate limits', () => {
    const nodes = useEngine(open)
    const take = (at: number, name = 'reset') => nodes.one.rateLimits.take(tenant, name, bucket, at)
    const attempt = (at: number, name = 'code') => nodes.one.rateLimits.attempt(tenant, name, window, at)

    test('a bucket gives its burst at once, then one per refill', async () => {
      for (const _ of [1, 2, 3]) expect(await take(now)).toEqual({ allowed: true })
      expect(await take(now)).toEqual({ allowed: false, retryAfterMs: 10_000 })
      expect(await take(now + 9_999)).toEqual({ allowed: false, retryAfterMs: 1 })
      expect(await take(now + 10_000)).toEqual({ allowed: true })
      expect(await take(now + 10_000)).toEqual({ allowed: false, retryAfterMs: 10_000 })
    })

    test('a full bucket holds no more than its burst, however long it rests', async () => {
      await take(now)
      for (const _ of [1, 2, 3]) expect(await take(now + minute)).toEqual({ allowed: true })
      expect((await take(now + minute)).allowed).toBe(false)
    })

    test('being refused costs nothing', async () => {
      for (const _ of [1, 2, 3]) await take(now)
      for (const _ of [1, 2, 3, 4, 5]) await take(now)
      expect(await take(now + 10_000)).toEqual({ allowed: true })
    })

    test('of twenty that take at once the burst is allowed', async () => {
      const taken = await race(nodes, ({ rateLimits }) => rateLimits.take(tenant, 'reset', bucket, now))
      expect(taken.filter(({ allowed }) => allowed)).toHaveLength(3)
    })

    test('a window opens with its first attempt and closes by itself', async () => {
      expect(await attempt(now)).toEqual({ allowed: true })
      expect(await attempt(now + 50_000)).toEqual({ allowed: true })
      expect(await attempt(now + 50_000)).toEqual({ allowed: true })
      expect(await attempt(now + 59_999)).toEqual({ allowed: false, retryAfterMs: 1 })
      expect(await attempt(now + minute)).toEqual({ allowed: true })
      expect(await attempt(now + 2 * minute - 1)).toEqual({ allowed: true })
    })

    test('of twenty attempts at once as many are allowed as the window has', async () => {
      const attempts = await race(nodes, ({ rateLimits }) => rateLimits.attempt(tenant, 'code', window, now))
      expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(3)
    })

    test('a forgotten window starts anew', async () => {
      for (const _ of [1, 2, 3]) await attempt(now)
      await nodes.two.rateLimits.forget(tenant, 'code')
      expect(await attempt(now)).toEqual({ allowed: true })
    })

    test('a second tenant has allowances of its own and forgets only these', async () => {
      for (const _ of [1, 2, 3]) {
        await take(now)
        await attempt(now)
      }
      expect(await nodes.one.rateLimits.take(otherTenant, 'reset', bucket, now)).toEqual({ allowed: true })
      expect(await nodes.one.rateLimits.attempt(otherTenant, 'code', window, now)).toEqual({ allowed: true })
      await nodes.one.rateLimits.forget(otherTenant, 'code')
      expect((await attempt(now)).allowed).toBe(false)
    })

    test('buckets and windows of one name do not mix', async () => {
      for (const _ of [1, 2, 3]) await take(now, 'same')
      expect(await attempt(now, 'same')).toEqual({ allowed: true })
      await nodes.one.rateLimits.forget(tenant, 'same')
      expect((await take(now, 'same')).allowed).toBe(false)
    })

    test('the last one of two is counted as one', async () => {
      const single = { most: 1, windowMs: minute }
      const attempts = await race(nodes, ({ rateLimits }) => rateLimits.attempt(tenant, 'single', single, now))
      expect(attempts.filter(({ allowed }) => allowed)).toHaveLength(1)
    })

    test.each(awkwardTexts)('%j is a name like any other', async (name) => {
      for (const _ of [1, 2, 3]) await attempt(now, name)
      expect((await attempt(now, name)).allowed).toBe(false)
      expect((await attempt(now, `${name}:`)).allowed).toBe(true)
    })
  })
