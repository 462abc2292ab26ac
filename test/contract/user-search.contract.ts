import { beforeEach, describe, expect, test } from 'vitest'
import type { Query } from '../../server/src/search/query.ts'
import type { User } from '../../server/src/users/user.ts'
import { mostUsers, type UserSearch } from '../../server/src/users/user-search.ts'
import { awkwardTexts, now, type OpenEngine, otherTenant, type Stores, tenant, useEngine } from './engine.ts'
import { aUser } from './user.contract.ts'

const search = (over: Partial<UserSearch> = {}): UserSearch => ({
  order: { by: 'created_at', direction: 'ascending' },
  offset: 0,
  limit: 50,
  ...over,
})

const match = (field: string, text: string, how: 'whole' | 'beginning' = 'whole'): Query => ({
  op: 'match',
  field,
  how,
  text,
})
const begins = (field: string, text: string) => match(field, text, 'beginning')
const has = (field: string): Query => ({ op: 'exists', field })
const not = (of: Query): Query => ({ op: 'not', of })
const bound = (text: string, itself: 'counts' | 'does-not' = 'counts') => ({ text, itself })

const ada = aUser({
  id: 'auth0|ada',
  email: 'Ada@Example.com',
  emailVerified: true,
  username: 'Ada',
  phoneNumber: '+15550100',
  name: 'Ada Lovelace',
  givenName: 'Ada',
  loginsCount: 12,
  lastPasswordReset: now,
  createdAt: now - 2_000,
  userMetadata: { theme: 'Dark', langs: ['en', 'fr'], deep: { a: { b: true } } },
  appMetadata: { plan: 'gold', seats: 10, since: '2026-03-01' },
})
const bob = aUser({
  id: 'auth0|bob',
  email: 'bob@mail.example.com',
  name: 'bob',
  blocked: true,
  createdAt: now - 1_000,
  appMetadata: { plan: 'golden', seats: 9, none: null },
})
const { email: _, ...cy } = aUser({
  id: 'auth0|cy',
  connection: 'corp',
  username: 'cy',
  createdAt: now,
  appMetadata: { seats: '10', list: [{ plan: 'free' }], wordy: 'x'.repeat(300) },
})

export const userSearchContract = (open: OpenEngine<Stores>) =>
  describe('a search for users', () => {
    const nodes = useEngine(open)
    beforeEach(async () => {
      for (const user of [ada, bob, cy] as User[]) await nodes.one.users.create(tenant, user)
    })
    const found = async (over: Partial<UserSearch>) => {
      const { items, total } = await nodes.two.users.search(tenant, search(over))
      expect(total).toBe(items.length)
      return items.map(({ id }) => id.slice(6)).join()
    }

    test('finds whole users, oldest first, and none of another tenant', async () => {
      await nodes.one.users.create(otherTenant, aUser())
      const all = await nodes.two.users.search(tenant, search())
      expect(all).toStrictEqual({ items: [ada, bob, cy], total: 3 })
      expect((await nodes.two.users.search(otherTenant, search({ query: match('name', 'bob') }))).total).toBe(0)
      expect((await nodes.two.users.search(otherTenant, search({ query: has('app_metadata.plan') }))).total).toBe(0)
    })

    // One engine serves each table: opening one takes longer than all its searches.
    const byProfile: [string, Query][] = [
      ['ada', match('user_id', 'auth0|ada')],
      ['', match('user_id', 'AUTH0|ADA')],
      ['ada', match('email', 'aDA@example.COM')],
      ['ada', begins('email', 'ADA@')],
      ['ada', match('email.domain', 'EXAMPLE.com')],
      ['bob', begins('email.domain', 'mail.')],
      ['ada', match('email_verified', 'true')],
      ['bob,cy', match('email_verified', 'false')],
      ['cy', match('username', 'CY')],
      ['ada', begins('phone_number', '+1555')],
      ['ada', match('name', 'ada lovelace')],
      ['ada', begins('name', 'ADA')],
      ['', match('name', 'ada')],
      ['ada', begins('given_name', 'a')],
      ['bob', match('blocked', 'true')],
      ['cy', match('identities.connection', 'CORP')],
      ['ada,bob,cy', match('identities.provider', 'auth0')],
      ['', match('identities.provider', 'google-oauth2')],
      ['bob', match('identities.user_id', 'bob')],
      ['cy', not(has('email'))],
      ['bob,cy', not(has('last_password_reset'))],
      ['bob,cy', not(match('name', 'ada lovelace'))],
      ['ada', { op: 'range', field: 'logins_count', from: bound('12') }],
      ['bob,cy', { op: 'range', field: 'logins_count', to: bound('12', 'does-not') }],
      ['bob,cy', { op: 'range', field: 'created_at', from: bound(new Date(now - 1_000).toISOString()) }],
      ['cy', { op: 'range', field: 'created_at', from: bound(new Date(now - 1_000).toISOString(), 'does-not') }],
      ['ada', { op: 'and', of: [has('email'), has('given_name')] }],
      ['ada,cy', { op: 'or', of: [match('user_id', 'auth0|ada'), match('user_id', 'auth0|cy')] }],
    ]
    test('by what everybody has', async () => {
      for (const [ids, query] of byProfile) expect(await found({ query }), JSON.stringify(query)).toBe(ids)
    })

    const byMetadata: [string, Query][] = [
      ['ada', match('app_metadata.plan', 'gold')],
      ['ada,bob', begins('app_metadata.plan', 'Gold')],
      ['bob,cy', not(match('app_metadata.plan', 'gold'))],
      ['', match('user_metadata.plan', 'gold')],
      ['ada', match('user_metadata.theme', 'DARK')],
      ['ada', match('user_metadata.langs', 'fr')],
      ['ada', match('user_metadata.deep.a.b', 'true')],
      ['ada', has('user_metadata.deep')],
      ['', has('user_metadata.dee')],
      ['ada,cy', match('app_metadata.seats', '10')],
      ['ada', { op: 'range', field: 'app_metadata.seats', from: bound('10') }],
      ['ada,bob', { op: 'range', field: 'app_metadata.seats', from: bound('8.5'), to: bound('10') }],
      ['ada', { op: 'range', field: 'app_metadata.since', from: bound('2026-02-01'), to: bound('2026-03-01') }],
      ['cy', match('app_metadata.list.plan', 'free')],
      ['', has('app_metadata.none')],
      ['', has('app_metadata.wordy')],
    ]
    test('by metadata', async () => {
      for (const [ids, query] of byMetadata) expect(await found({ query }), JSON.stringify(query)).toBe(ids)
    })

    test('by metadata follows an edit of either kind, and forgets with the user', async () => {
      await nodes.one.users.update(tenant, ada.id, { appMetadata: { plan: 'free' } }, now)
      expect(await found({ query: match('app_metadata.plan', 'gold') })).toBe('')
      expect(await found({ query: match('app_metadata.plan', 'free') })).toBe('ada')
      expect(await found({ query: match('user_metadata.theme', 'dark') })).toBe('ada')
      await nodes.one.users.update(tenant, ada.id, { name: 'Ada' }, now)
      expect(await found({ query: match('app_metadata.plan', 'free') })).toBe('ada')
      await nodes.one.users.remove(tenant, ada.id)
      expect(await found({ query: match('app_metadata.plan', 'free') })).toBe('')
    })

    test('by awkward names, keys and values', async () => {
      const odd = aUser({ id: 'auth0|odd', email: 'odd@example.com' })
      await nodes.one.users.create(tenant, odd)
      for (const text of awkwardTexts) {
        await nodes.one.users.update(tenant, odd.id, { name: text, appMetadata: { [`a${text}`]: text } }, now)
        expect(await found({ query: match(`app_metadata.a${text}`, text) }), text).toBe('odd')
        if (text !== '') expect(await found({ query: match('name', text) }), text).toBe('odd')
      }
    })

    test('of any amount of metadata takes a part, and a user who was refused leaves none', async () => {
      const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, index]))
      const large = aUser({ id: 'auth0|large', email: 'l@example.com', appMetadata: many, createdAt: now + 1 })
      await nodes.one.users.create(tenant, large)
      expect(await found({ query: has('app_metadata.k0') })).toBe('large')
      expect(await found({ query: has('app_metadata.k1999') })).toBe('')
      await nodes.one.users.create(tenant, { ...large, appMetadata: { other: 1 } })
      expect(await found({ query: has('app_metadata.other') })).toBe('')
    })

    test('narrows to a connection', async () => {
      expect(await found({ connection: 'corp' })).toBe('cy')
      expect(await found({ connection: 'corp', query: match('name', 'bob') })).toBe('')
    })

    const orders: [UserSearch['order']['by'], string, string][] = [
      ['created_at', 'ada,bob,cy', 'cy,bob,ada'],
      ['name', 'ada,bob,cy', 'bob,ada,cy'],
      ['email', 'ada,bob,cy', 'bob,ada,cy'],
      ['logins_count', 'bob,cy,ada', 'ada,cy,bob'],
      ['last_password_reset', 'ada,bob,cy', 'ada,cy,bob'],
    ]
    test('is ordered either way, and those without the field come last', async () => {
      for (const [by, ascending, descending] of orders) {
        expect(await found({ order: { by, direction: 'ascending' } }), by).toBe(ascending)
        expect(await found({ order: { by, direction: 'descending' } }), by).toBe(descending)
      }
    })

    test('is paged, with a total of all that match', async () => {
      const page = await nodes.two.users.search(tenant, search({ offset: 1, limit: 1 }))
      expect(page).toStrictEqual({ items: [bob], total: 3 })
      expect(await nodes.two.users.search(tenant, search({ offset: 3, limit: 1 }))).toEqual({ items: [], total: 3 })
      const beyond = await nodes.two.users.search(tenant, search({ offset: mostUsers, limit: 1 }))
      expect(beyond).toEqual({ items: [], total: 3 })
    })
  })
