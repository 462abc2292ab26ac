import { describe, expect, test } from 'vitest'
import type { Enrollment, EnrollmentOf } from '../../server/src/users/enrollment.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'
import { aUser } from './user.contract.ts'

const userId = 'auth0|1'
const totp: EnrollmentOf<'totp'> = {
  id: 'totp|dev_1',
  userId,
  type: 'totp',
  secret: 'JBSWY3DPEHPK3PXP',
  createdAt: now,
}
const key: EnrollmentOf<'webauthn-roaming' | 'webauthn-platform'> = {
  id: 'webauthn-roaming|dev_1',
  userId,
  type: 'webauthn-roaming',
  name: 'Blue key 🔑',
  credentialId: 'credential',
  publicKey: 'cose',
  counter: 5,
  transports: ['usb', 'nfc'],
  relyingPartyId: 'localhost',
  createdAt: now,
}
const recovery: EnrollmentOf<'recovery-code'> = {
  id: 'recovery-code|dev_1',
  userId,
  type: 'recovery-code',
  codeHash: 'hash',
  createdAt: now,
}

const passkey: EnrollmentOf<'passkey'> = {
  id: 'passkey|dev_1',
  userId,
  type: 'passkey',
  credentialId: 'credential-2',
  publicKey: 'cose',
  transports: ['internal'],
  relyingPartyId: 'localhost',
  createdAt: now,
}

const phone: EnrollmentOf<'phone'> = {
  id: 'phone|dev_1',
  userId,
  type: 'phone',
  phoneNumber: '+491701234567',
  preferredMethod: 'voice',
  createdAt: now,
}

const everyType: Enrollment[] = [
  totp,
  { ...totp, id: 'totp|dev_2', lastStep: 0, lastAuthAt: now },
  key,
  { ...key, id: 'webauthn-platform|dev_1', type: 'webauthn-platform', counter: 0, transports: [] },
  phone,
  { id: 'email|dev_1', userId, type: 'email', email: 'a@b.c', createdAt: now },
  recovery,
  passkey,
  { ...passkey, id: 'passkey|dev_2', aaguid: 'a', deviceType: 'multi_device', isBackedUp: false, identityUserId: '1' },
]

export const enrollmentContract = (open: OpenEngine<Stores>) =>
  describe('enrolments', () => {
    const nodes = useEngine(open)
    const add = async (...enrollments: Enrollment[]) => {
      for (const name of [tenant, otherTenant]) await nodes.one.users.create(name, aUser())
      for (const enrollment of enrollments) await nodes.one.enrollments.add(tenant, enrollment)
    }

    test('every type comes back as it was added, in the order they were added', async () => {
      await add(...everyType)
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual(everyType)
      for (const enrollment of everyType) {
        expect(await nodes.two.enrollments.find(tenant, userId, enrollment.id)).toStrictEqual(enrollment)
        expect(await nodes.two.enrollments.findById(tenant, enrollment.id)).toStrictEqual(enrollment)
      }
    })

    test('of twenty added at once a user has no more than the bound says', async () => {
      await add(totp)
      const added = await race(nodes, ({ enrollments }, index) =>
        enrollments.add(tenant, { ...phone, id: `phone|${index}` }, { most: 5 }),
      )
      expect(added.filter((result) => result === 'added')).toHaveLength(4)
      expect(new Set(added)).toEqual(new Set(['added', 'too-many']))
      expect(await nodes.two.enrollments.list(tenant, userId)).toHaveLength(5)
      const bound = { most: 1 }
      expect(await nodes.one.enrollments.add(otherTenant, phone, bound)).toBe('added')
      expect(await nodes.one.enrollments.add(otherTenant, { ...phone, id: 'phone|2' }, bound)).toBe('too-many')
    })

    test('another user finds, renames and removes nothing', async () => {
      await add(...everyType)
      expect(await nodes.one.enrollments.list(tenant, 'auth0|2')).toEqual([])
      expect(await nodes.one.enrollments.find(tenant, 'auth0|2', totp.id)).toBeUndefined()
      expect(await nodes.one.enrollments.edit(tenant, 'auth0|2', totp.id, { name: 'Stolen' })).toBeUndefined()
      expect(await nodes.one.enrollments.remove(tenant, 'auth0|2', totp.id)).toBe('unknown')
      await nodes.one.enrollments.removeAll(tenant, 'auth0|2')
      expect(await nodes.one.enrollments.consumeRecoveryCode(tenant, 'auth0|2', 'hash')).toBe('unknown')
      expect(await nodes.one.enrollments.list(tenant, userId)).toStrictEqual(everyType)
    })

    test('a second tenant finds, changes, consumes and removes nothing', async () => {
      await add(...everyType)
      const { enrollments } = nodes.one
      expect(await enrollments.list(otherTenant, userId)).toEqual([])
      expect(await enrollments.find(otherTenant, userId, totp.id)).toBeUndefined()
      expect(await enrollments.findById(otherTenant, totp.id)).toBeUndefined()
      expect(await enrollments.edit(otherTenant, userId, totp.id, { name: 'Stolen' })).toBeUndefined()
      expect(await enrollments.remove(otherTenant, userId, totp.id)).toBe('unknown')
      await enrollments.removeAll(otherTenant, userId)
      await enrollments.touch(otherTenant, totp.id, now + 1)
      expect(await enrollments.consumeTotpStep(otherTenant, totp.id, 7, now)).toBe('replayed')
      expect(await enrollments.advanceCounter(otherTenant, key.id, 7, now)).toBe('replayed')
      expect(await enrollments.consumeRecoveryCode(otherTenant, userId, 'hash')).toBe('unknown')
      expect(await enrollments.list(tenant, userId)).toStrictEqual(everyType)
    })

    test('a rename changes the name only', async () => {
      await add(totp)
      const renamed = { ...totp, name: 'Phone' }
      expect(await nodes.one.enrollments.edit(tenant, userId, totp.id, { name: 'Phone' })).toStrictEqual(renamed)
      expect(await nodes.two.enrollments.find(tenant, userId, totp.id)).toStrictEqual(renamed)
    })

    test('a preference is edited where there is one', async () => {
      await add(phone, totp)
      const edit = (id: string) => nodes.one.enrollments.edit(tenant, userId, id, { preferredMethod: 'sms' })
      expect(await edit(phone.id)).toStrictEqual({ ...phone, preferredMethod: 'sms' })
      expect(await edit(totp.id)).toStrictEqual(totp)
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual([
        { ...phone, preferredMethod: 'sms' },
        totp,
      ])
    })

    test('all of a user, or those of a type, are replaced in one', async () => {
      await add(...everyType)
      const newer = { ...recovery, id: 'recovery-code|dev_2', codeHash: 'newer' }
      await nodes.one.enrollments.replace(tenant, userId, { of: 'recovery-code', by: [newer] })
      const others = everyType.filter(({ type }) => type !== 'recovery-code')
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual([...others, newer])
      const exchange = { of: 'every-type' as const, by: [{ ...phone, id: 'phone|dev_2' }] }
      await nodes.one.enrollments.replace(otherTenant, userId, { of: 'every-type', by: [] })
      await nodes.one.enrollments.replace(tenant, 'auth0|2', { of: 'every-type', by: [] })
      expect(await nodes.two.enrollments.list(tenant, userId)).toHaveLength(others.length + 1)
      await nodes.one.enrollments.replace(tenant, userId, exchange)
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual(exchange.by)
    })

    test('no more than the bound says take the place of others, unless there were as many before', async () => {
      await add(totp, recovery)
      const by = [1, 2, 3].map((number) => ({ ...phone, id: `phone|${number}` }))
      const replace = (exchange: Parameters<Stores['enrollments']['replace']>[2]) =>
        nodes.one.enrollments.replace(tenant, userId, exchange)
      expect(await replace({ of: 'every-type', by, most: 2 })).toBe('too-many')
      expect(await replace({ of: 'phone', by: by.slice(0, 1), most: 2 })).toBe('too-many')
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual([totp, recovery])
      const newer = { ...recovery, id: 'recovery-code|dev_2', codeHash: 'newer' }
      expect(await replace({ of: 'recovery-code', by: [newer], most: 1 })).toBe('replaced')
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual([totp, newer])
      expect(await replace({ of: 'every-type', by, most: 3 })).toBe('replaced')
    })

    test('of twenty that replace all at once one list stays', async () => {
      await add(...everyType)
      await race(nodes, ({ enrollments }, index) => {
        const by = ['a', 'b'].map((name) => ({ ...phone, id: `phone|${index}-${name}` }))
        return enrollments.replace(tenant, userId, { of: 'every-type', by })
      })
      const left = await nodes.two.enrollments.list(tenant, userId)
      expect(new Set(left.map(({ id }) => id.replace(/-.$/, ''))).size).toBe(1)
      expect(left).toHaveLength(2)
    })

    test('removing takes one, removing all takes all', async () => {
      await add(...everyType)
      expect(await nodes.one.enrollments.remove(tenant, userId, totp.id)).toBe('removed')
      expect(await nodes.one.enrollments.remove(tenant, userId, totp.id)).toBe('unknown')
      expect(await nodes.two.enrollments.list(tenant, userId)).toStrictEqual(everyType.slice(1))
      await nodes.one.enrollments.removeAll(tenant, userId)
      expect(await nodes.two.enrollments.list(tenant, userId)).toEqual([])
    })

    test('of twenty uses of a TOTP step at once exactly one counts', async () => {
      await add(totp)
      const uses = await race(nodes, ({ enrollments }) => enrollments.consumeTotpStep(tenant, totp.id, 100, now + 1))
      expect(uses.filter((use) => use === 'consumed')).toHaveLength(1)
      const stored = { ...totp, lastStep: 100, lastAuthAt: now + 1 }
      expect(await nodes.one.enrollments.find(tenant, userId, totp.id)).toStrictEqual(stored)
    })

    test('a TOTP step that is not later than the last one is a replay', async () => {
      await add(totp)
      const consume = (step: number) => nodes.one.enrollments.consumeTotpStep(tenant, totp.id, step, now)
      expect(await consume(100)).toBe('consumed')
      expect(await consume(100)).toBe('replayed')
      expect(await consume(99)).toBe('replayed')
      expect(await consume(101)).toBe('consumed')
      expect(await nodes.one.enrollments.consumeTotpStep(tenant, 'no-such', 1, now)).toBe('replayed')
    })

    test('a signature counter only moves forward', async () => {
      await add(key)
      const advance = (counter: number) => nodes.one.enrollments.advanceCounter(tenant, key.id, counter, now)
      for (const replayed of [0, 4, 5]) expect(await advance(replayed)).toBe('replayed')
      expect(await advance(6)).toBe('advanced')
      expect(await advance(6)).toBe('replayed')
    })

    test('an authenticator that does not count stays at 0, and may begin to count', async () => {
      await add({ ...key, counter: 0 })
      const advance = (counter: number) => nodes.one.enrollments.advanceCounter(tenant, key.id, counter, now)
      expect(await advance(0)).toBe('advanced')
      expect(await advance(0)).toBe('advanced')
      expect(await advance(1)).toBe('advanced')
      expect(await advance(0)).toBe('replayed')
    })

    test('of twenty uses of a counter at once exactly one counts', async () => {
      await add(key)
      const uses = await race(nodes, ({ enrollments }) => enrollments.advanceCounter(tenant, key.id, 6, now))
      expect(uses.filter((use) => use === 'advanced')).toHaveLength(1)
    })

    test('of twenty uses of a recovery code at once exactly one counts', async () => {
      await add(recovery, totp)
      const uses = await race(nodes, ({ enrollments }) => enrollments.consumeRecoveryCode(tenant, userId, 'hash'))
      expect(uses.filter((use) => use === 'consumed')).toHaveLength(1)
      expect(await nodes.one.enrollments.list(tenant, userId)).toStrictEqual([totp])
    })

    test('a wrong recovery code leaves the right one alone', async () => {
      await add(recovery)
      expect(await nodes.one.enrollments.consumeRecoveryCode(tenant, userId, 'wrong')).toBe('unknown')
      expect(await nodes.one.enrollments.list(tenant, userId)).toStrictEqual([recovery])
    })

    test('a passed challenge is noted', async () => {
      await add(totp)
      await nodes.one.enrollments.touch(tenant, totp.id, now + 1)
      expect(await nodes.two.enrollments.find(tenant, userId, totp.id)).toStrictEqual({ ...totp, lastAuthAt: now + 1 })
    })
  })
