import { describe, expect, test } from 'vitest'
import { stampOf } from '../../server/src/users/account-stamp.ts'
import type { User } from '../../server/src/users/user.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

const connection = 'Username-Password-Authentication'

export const aUser = (over: Partial<User> = {}): User => ({
  id: 'auth0|1',
  connection,
  email: 'Anna@Example.com',
  emailVerified: false,
  userMetadata: {},
  appMetadata: {},
  blocked: false,
  loginsCount: 0,
  createdAt: now,
  updatedAt: now,
  ...over,
})

const fullUser = aUser({
  emailVerified: true,
  username: 'Anna',
  phoneNumber: '+491701234567',
  phoneVerified: false,
  name: 'Anna Ümlaut 🔑',
  nickname: 'anna',
  givenName: 'Anna',
  familyName: "O'Hara",
  picture: 'https://example.com/p.png',
  userMetadata: JSON.parse('{"__proto__":{"a":1},"list":[1.5,null,true],"text":"\\u0000ключ"}'),
  appMetadata: { large: 'x'.repeat(500_000) },
  blocked: true,
  loginsCount: 12,
  passwordHash: '$argon2id$…',
  passwordChangedAt: now - 2,
  lastPasswordReset: now - 1,
  lastResetBy: 'transaction',
})

export const userContract = (open: OpenEngine<Stores>) =>
  describe('users', () => {
    const nodes = useEngine(open)

    test.each([aUser(), fullUser])('a user comes back as it was created', async (user) => {
      expect(await nodes.one.users.create(tenant, user)).toBe('created')
      expect(await nodes.two.users.find(tenant, user.id)).toStrictEqual(user)
    })

    test('several are found at once, in the order of their ids, without those who are not there', async () => {
      const [anna, bob] = [aUser(), aUser({ id: 'auth0|2', email: 'bob@example.com' })]
      for (const user of [anna, bob]) await nodes.one.users.create(tenant, user)
      await nodes.one.users.create(otherTenant, aUser({ id: 'auth0|3' }))
      const ids = ['auth0|2', 'auth0|3', 'auth0|1', 'auth0|4']
      expect(await nodes.two.users.findAll(tenant, ids)).toStrictEqual([bob, anna])
      expect(await nodes.two.users.findAll(tenant, [])).toEqual([])
    })

    test('addresses and user names are found in any case, within their connection', async () => {
      await nodes.one.users.create(tenant, fullUser)
      expect(await nodes.one.users.findByEmail(tenant, connection, 'aNNA@example.COM')).toEqual(fullUser)
      expect(await nodes.one.users.findByUsername(tenant, connection, 'ANNA')).toEqual(fullUser)
      expect(await nodes.one.users.findByEmail(tenant, 'other', 'anna@example.com')).toBeUndefined()
      expect(await nodes.one.users.findByUsername(tenant, 'other', 'anna')).toBeUndefined()
    })

    test('an address is found in every connection that is there, in any case, and in no other tenant', async () => {
      const { connections, users } = nodes.one
      for (const [index, name] of ['second', connection, 'gone'].entries()) {
        const kept = { strategy: 'auth0', metadata: {}, kept: {}, createdAt: now }
        for (const owner of [tenant, otherTenant]) await connections.create(owner, { id: `con_${name}`, name, ...kept })
        await users.create(tenant, aUser({ id: `auth0|${index}`, connection: name }))
      }
      await users.create(tenant, aUser({ id: 'auth0|other', email: 'other@example.com' }))
      await connections.remove(tenant, 'con_gone')
      const found = await nodes.two.users.findByAddress(tenant, 'ANNA@example.com')
      expect(found.map(({ id }) => id)).toEqual(['auth0|0', 'auth0|1'])
      expect(found[1]).toStrictEqual(aUser())
      expect(await nodes.two.users.findByAddress(otherTenant, 'anna@example.com')).toEqual([])
    })

    test('an address and a user name exist once per connection', async () => {
      await nodes.one.users.create(tenant, fullUser)
      const sameMail = aUser({ id: 'auth0|2', email: 'ANNA@example.com' })
      const sameName = aUser({ id: 'auth0|3', email: 'other@example.com', username: 'ANNA' })
      expect(await nodes.one.users.create(tenant, sameMail)).toBe('exists')
      expect(await nodes.one.users.create(tenant, sameName)).toBe('exists')
      expect(await nodes.one.users.create(tenant, { ...sameMail, connection: 'other' })).toBe('created')
      expect(await nodes.one.users.create(tenant, aUser({ email: 'new@example.com' }))).toBe('exists')
    })

    test('any number of users may have no address', async () => {
      for (const id of ['auth0|1', 'auth0|2']) {
        const { email: _, ...user } = aUser({ id, username: id })
        expect(await nodes.one.users.create(tenant, user)).toBe('created')
      }
    })

    test('of twenty that create an address at once exactly one does', async () => {
      const created = await race(nodes, ({ users }, index) => users.create(tenant, aUser({ id: `auth0|${index}` })))
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
    })

    test('an update replaces, keeps and removes fields', async () => {
      await nodes.one.users.create(tenant, fullUser)
      const patch = { email: 'New@example.com', userMetadata: { a: 1 }, blocked: false, username: undefined }
      const changed = await nodes.one.users.update(tenant, fullUser.id, patch, now + 1)
      const { username: _, ...kept } = fullUser
      expect(changed).toStrictEqual({
        ...kept,
        email: 'New@example.com',
        userMetadata: { a: 1 },
        blocked: false,
        updatedAt: now + 1,
      })
      expect(await nodes.two.users.findByEmail(tenant, connection, 'new@example.com')).toStrictEqual(changed)
      expect(await nodes.two.users.findByEmail(tenant, connection, 'anna@example.com')).toBeUndefined()
      expect(await nodes.two.users.findByUsername(tenant, connection, 'anna')).toBeUndefined()
    })

    test('an update cannot take the address of somebody else, and then changes nothing', async () => {
      await nodes.one.users.create(tenant, aUser())
      const bob = aUser({ id: 'auth0|2', email: 'bob@example.com' })
      await nodes.one.users.create(tenant, bob)
      expect(await nodes.one.users.update(tenant, bob.id, { email: 'ANNA@example.com', name: 'B' }, now)).toBe('exists')
      expect(await nodes.one.users.find(tenant, bob.id)).toEqual(bob)
    })

    const resetOf = (user: User, over: Partial<Parameters<Stores['users']['completeReset']>[2]> = {}) => ({
      passwordHash: 'hash',
      account: stampOf(user),
      by: 'transaction',
      marksEmailVerified: false,
      now: now + 2,
      ...over,
    })

    test('of twenty resets at once exactly one sets the password', async () => {
      const user = aUser({ passwordChangedAt: now - 10 })
      await nodes.one.users.create(tenant, user)
      const results = await race(nodes, ({ users }, index) => {
        const reset = resetOf(user, { passwordHash: `hash-${index}`, by: `transaction-${index}`, now })
        return users.completeReset(tenant, user.id, reset)
      })
      expect(results.filter((result) => result === 'completed')).toHaveLength(1)
      const winner = results.indexOf('completed')
      const after = await nodes.one.users.find(tenant, 'auth0|1')
      expect(after).toMatchObject({ passwordHash: `hash-${winner}`, lastResetBy: `transaction-${winner}` })
      expect(after).toMatchObject({ passwordChangedAt: now, lastPasswordReset: now, updatedAt: now })
      expect(after?.emailVerified).toBe(false)
    })

    test.each([{ passwordChangedAt: now }, {}])(
      'a reset marks the address verified where it is asked to',
      async (over) => {
        const user = aUser(over)
        await nodes.one.users.create(tenant, user)
        expect(await nodes.one.users.completeReset(tenant, user.id, resetOf(user, { marksEmailVerified: true }))).toBe(
          'completed',
        )
        expect((await nodes.two.users.find(tenant, user.id))?.emailVerified).toBe(true)
      },
    )

    test.each([
      ['got its first password', aUser({ passwordChangedAt: now })],
      ['got another address', aUser({ email: 'other@example.com' })],
      ['been blocked', aUser({ blocked: true })],
      ['been made anew under its id', aUser({ createdAt: now + 1 })],
    ])('a reset changes nothing when the account has meanwhile %s', async (_, user) => {
      await nodes.one.users.create(tenant, user)
      const reset = resetOf(aUser(), { marksEmailVerified: true })
      expect(await nodes.one.users.completeReset(tenant, user.id, reset)).toBe('superseded')
      expect(await nodes.one.users.find(tenant, user.id)).toStrictEqual(user)
    })

    test('a reset changes nothing when another password was set, whatever the clock said', async () => {
      const user = aUser({ passwordChangedAt: now })
      await nodes.one.users.create(tenant, user)
      const reset = resetOf(aUser({ passwordChangedAt: now + 60_000 }))
      expect(await nodes.one.users.completeReset(tenant, user.id, reset)).toBe('superseded')
    })

    test('a user without an address can be reset', async () => {
      const { email: _, ...user } = aUser({ username: 'anna' })
      await nodes.one.users.create(tenant, user)
      expect(await nodes.one.users.completeReset(tenant, user.id, resetOf(user))).toBe('completed')
    })

    test('a second tenant finds, changes and removes nothing', async () => {
      await nodes.one.users.create(tenant, fullUser)
      const reset = resetOf(fullUser, { passwordHash: 'stolen' })
      expect(await nodes.one.users.find(otherTenant, fullUser.id)).toBeUndefined()
      expect(await nodes.one.users.findByEmail(otherTenant, connection, 'anna@example.com')).toBeUndefined()
      expect(await nodes.one.users.findByUsername(otherTenant, connection, 'anna')).toBeUndefined()
      expect(await nodes.one.users.update(otherTenant, fullUser.id, { blocked: false }, now)).toBeUndefined()
      expect(await nodes.one.users.completeReset(otherTenant, fullUser.id, reset)).toBe('superseded')
      expect(await nodes.one.users.remove(otherTenant, fullUser.id)).toBe('unknown')
      expect(await nodes.one.users.find(tenant, fullUser.id)).toEqual(fullUser)
    })

    test('a second tenant may have the same user', async () => {
      for (const name of [tenant, otherTenant]) expect(await nodes.one.users.create(name, fullUser)).toBe('created')
    })

    test('a removed user is gone, with the enrolments', async () => {
      await nodes.one.users.create(tenant, aUser())
      const enrollment = {
        id: 'email|dev_1',
        userId: 'auth0|1',
        type: 'email',
        email: 'a@b.c',
        createdAt: now,
      } as const
      await nodes.one.enrollments.add(tenant, enrollment)
      expect(await nodes.one.users.remove(tenant, 'auth0|1')).toBe('removed')
      expect(await nodes.two.users.find(tenant, 'auth0|1')).toBeUndefined()
      expect(await nodes.two.enrollments.list(tenant, 'auth0|1')).toEqual([])
    })
  })
