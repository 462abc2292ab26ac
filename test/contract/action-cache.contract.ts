import type { CacheChange } from '@interlock/runtime'
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

const trigger = 'password-reset-post-challenge'
const set = (key: string, value: string, expires_at = now + minute): CacheChange => ({
  type: 'set',
  key,
  record: { value, expires_at },
})
const remove = (key: string): CacheChange => ({ type: 'delete', key })

export const actionCacheContract = (open: OpenEngine<Pick<ShortLivedStores, 'actionCache'>>) =>
  describe('the cache of actions', () => {
    const nodes = useEngine(open)
    const apply = (...changes: CacheChange[]) => nodes.one.actionCache.apply(tenant, trigger, changes, now)
    const load = (at = now) => nodes.two.actionCache.load(tenant, trigger, at)

    test('an empty cache is an empty record', async () => {
      expect(await load()).toEqual({})
      await apply()
      expect(await load()).toEqual({})
    })

    test('what was cleared is gone, and another tenant keeps its own', async () => {
      await apply(set('a', '1'))
      await nodes.one.actionCache.apply(otherTenant, trigger, [set('a', 'theirs')], now)
      await nodes.two.actionCache.clear(tenant, trigger)
      expect(await load()).toEqual({})
      expect(await nodes.one.actionCache.load(otherTenant, trigger, now)).toHaveProperty('a')
    })

    test('changes are applied in their order', async () => {
      await apply(set('a', '1'), set('b', '1'), set('a', '2'), remove('b'), set('c', '1'), remove('c'), set('c', '2'))
      expect(await load()).toEqual({
        a: { value: '2', expires_at: now + minute },
        c: { value: '2', expires_at: now + minute },
      })
    })

    test('deleting what is not there changes nothing', async () => {
      await apply(set('a', '1'))
      await apply(remove('b'))
      expect(Object.keys(await load())).toEqual(['a'])
    })

    test('a record ends with its last millisecond, each for itself', async () => {
      await apply(set('short', '1', now + 1_000 * 30), set('long', '1', now + minute))
      expect(Object.keys(await load(now + 29_999)).sort()).toEqual(['long', 'short'])
      expect(Object.keys(await load(now + 30_000))).toEqual(['long'])
      expect(await load(now + minute)).toEqual({})
    })

    test('a later write keeps what has not expired', async () => {
      await apply(set('long', '1', now + 10 * minute))
      await apply(set('short', '1', now + minute))
      await nodes.one.actionCache.apply(tenant, trigger, [set('new', '1', now + 5 * minute)], now + 2 * minute)
      expect(Object.keys(await load(now + 2 * minute)).sort()).toEqual(['long', 'new'])
    })

    test('a second tenant and another trigger read and delete nothing', async () => {
      await apply(set('a', 'mine'))
      expect(await nodes.one.actionCache.load(otherTenant, trigger, now)).toEqual({})
      expect(await nodes.one.actionCache.load(tenant, 'post-login', now)).toEqual({})
      await nodes.one.actionCache.apply(otherTenant, trigger, [remove('a'), set('a', 'theirs')], now)
      expect((await load()).a?.value).toBe('mine')
    })

    test('any text is a key and comes back with its value', async () => {
      await apply(...awkwardTexts.map((text) => set(text, text)))
      const loaded = await load()
      expect(Object.keys(loaded).sort()).toEqual([...awkwardTexts].sort())
      for (const text of awkwardTexts) {
        expect(Object.getOwnPropertyDescriptor(loaded, text)?.value).toEqual({ value: text, expires_at: now + minute })
      }
    })

    test('the largest value the runtime allows comes back whole', async () => {
      const value = '🔑'.repeat(2_048)
      await apply(set('a', value))
      expect((await load()).a?.value).toBe(value)
    })

    test('twenty writers at once lose none of their keys', async () => {
      await race(nodes, ({ actionCache }, index) =>
        actionCache.apply(tenant, trigger, [set(`key-${index}`, 'a'), set('shared', `${index}`)], now),
      )
      expect(Object.keys(await load())).toHaveLength(21)
    })
  })
