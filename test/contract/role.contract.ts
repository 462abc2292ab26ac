import { beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../server/src/roles/role.ts'
import { awkwardTexts, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'
import { aUser } from './user.contract.ts'

const aRole = (over: Partial<Role> = {}): Role => ({ id: 'rol_1', name: 'Admin', ...over })
const page = { offset: 0, limit: 100 }
const most = 1_000

export const roleContract = (open: OpenEngine<Stores>) => {
  describe('roles', () => {
    const nodes = useEngine(open)

    test('a role comes back as it was created', async () => {
      const roles = [aRole(), aRole({ id: 'rol_2', name: 'ключ 🔑', description: "it's" })]
      for (const role of roles) expect(await nodes.one.roles.create(tenant, role, most)).toBe('created')
      for (const role of roles) expect(await nodes.two.roles.find(tenant, role.id)).toStrictEqual(role)
    })

    test('they are listed in the order they were created, by page, with the whole number of them', async () => {
      const names = ['c', 'a', 'b']
      for (const name of names) await nodes.one.roles.create(tenant, aRole({ id: `rol_${name}`, name }), most)
      const { items, total } = await nodes.one.roles.list(tenant, {}, { offset: 1, limit: 1 })
      expect([items.map(({ name }) => name), total]).toEqual([['a'], 3])
      expect(await nodes.one.roles.list(tenant, {}, { offset: 7, limit: 1 })).toEqual({ items: [], total: 3 })
    })

    test.each(awkwardTexts.filter((text) => !['', '\u0000'].includes(text)))(
      'a role is found by a part of its name: %j',
      async (text) => {
        await nodes.one.roles.create(tenant, aRole({ name: `one ${text} of them` }), most)
        await nodes.one.roles.create(tenant, aRole({ id: 'rol_2', name: 'another' }), most)
        const { items, total } = await nodes.one.roles.list(tenant, { name: text }, page)
        expect([items.map(({ id }) => id), total]).toEqual([['rol_1'], 1])
      },
    )

    test('a name belongs to one role', async () => {
      await nodes.one.roles.create(tenant, aRole(), most)
      await nodes.one.roles.create(tenant, aRole({ id: 'rol_2', name: 'Editor' }), most)
      expect(await nodes.one.roles.create(tenant, aRole({ id: 'rol_3' }), most)).toBe('name-taken')
      expect(await nodes.one.roles.update(tenant, 'rol_2', { name: 'Admin' })).toBe('name-taken')
    })

    test('of twenty that create the last role there is room for exactly one does', async () => {
      const created = await race(nodes, ({ roles }, index) =>
        roles.create(tenant, aRole({ id: `rol_${index}`, name: `role ${index}` }), 1),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(created.filter((result) => result === 'too-many')).toHaveLength(19)
    })

    test('an update replaces, keeps and removes fields', async () => {
      await nodes.one.roles.create(tenant, aRole({ description: 'all of it' }), most)
      expect(await nodes.one.roles.update(tenant, 'rol_1', { name: 'Boss' })).toStrictEqual({
        id: 'rol_1',
        name: 'Boss',
        description: 'all of it',
      })
      const bare = aRole({ name: 'Boss' })
      expect(await nodes.one.roles.update(tenant, 'rol_1', { description: undefined })).toStrictEqual(bare)
      expect(await nodes.one.roles.update(tenant, 'rol_1', {})).toStrictEqual(bare)
      expect(await nodes.one.roles.update(tenant, 'rol_7', { name: 'x' })).toBeUndefined()
    })

    test('a second tenant finds, changes and removes nothing, and may use the same name', async () => {
      await nodes.one.roles.create(tenant, aRole(), most)
      expect(await nodes.one.roles.find(otherTenant, 'rol_1')).toBeUndefined()
      expect((await nodes.one.roles.list(otherTenant, {}, page)).total).toBe(0)
      expect(await nodes.one.roles.update(otherTenant, 'rol_1', { name: 'Stolen' })).toBeUndefined()
      expect(await nodes.one.roles.remove(otherTenant, 'rol_1')).toBe('unknown')
      expect(await nodes.one.roles.create(otherTenant, aRole(), most)).toBe('created')
      expect(await nodes.one.roles.find(tenant, 'rol_1')).toEqual(aRole())
    })
  })

  describe('assigned roles', () => {
    const nodes = useEngine(open)
    const [anna, bob] = ['auth0|1', 'auth0|2']
    const assign = (users: string[], roles: string[], atMost = 50) =>
      nodes.one.roleAssignments.assign(tenant, { users, roles, most: atMost })
    const namesOf = (user: string, of = tenant) => nodes.two.roleAssignments.namesOf(of, user)

    beforeEach(async () => {
      for (const owner of [tenant, otherTenant]) {
        await nodes.one.users.create(owner, aUser())
        await nodes.one.users.create(owner, aUser({ id: bob, email: 'bob@example.com' }))
        for (const name of ['a', 'b', 'c'])
          await nodes.one.roles.create(owner, aRole({ id: `rol_${name}`, name }), most)
      }
    })

    test('are named in the order they were assigned, each once', async () => {
      expect(await assign([anna], ['rol_c', 'rol_a', 'rol_c'])).toBe('assigned')
      expect(await assign([anna], ['rol_b', 'rol_a'])).toBe('assigned')
      expect(await namesOf(anna)).toEqual(['c', 'a', 'b'])
      const { items, total } = await nodes.two.roleAssignments.rolesOf(tenant, anna, { offset: 1, limit: 1 })
      expect([items, total]).toStrictEqual([[{ id: 'rol_a', name: 'a' }], 3])
    })

    test('one that is not there, and nothing is assigned', async () => {
      expect(await assign([anna], ['rol_a', 'rol_x'])).toBe('unknown-role')
      expect(await assign([anna, 'auth0|7'], ['rol_a'])).toBe('unknown-user')
      expect(await assign([anna, bob], ['rol_a', 'rol_b'], 1)).toBe('too-many')
      expect([await namesOf(anna), await namesOf(bob)]).toEqual([[], []])
    })

    test('of twenty that assign the last role there is room for, one kind stays', async () => {
      const results = await race(nodes, ({ roleAssignments }, index) =>
        roleAssignments.assign(tenant, { users: [anna], roles: [`rol_${'abc'[index % 3]}`], most: 1 }),
      )
      expect(await namesOf(anna)).toHaveLength(1)
      expect(results).toContain('too-many')
    })

    test('are taken away one by one, and with the role or the user', async () => {
      await assign([anna, bob], ['rol_a', 'rol_b'])
      await nodes.one.roleAssignments.unassign(tenant, anna, ['rol_a', 'rol_x'])
      expect(await namesOf(anna)).toEqual(['b'])
      await nodes.one.roles.remove(tenant, 'rol_b')
      expect([await namesOf(anna), await namesOf(bob)]).toEqual([[], ['a']])
      await nodes.one.users.remove(tenant, bob)
      expect(await nodes.one.roleAssignments.usersWith(tenant, 'rol_a', page)).toEqual({ items: [], total: 0 })
    })

    test('show who has a role, by page and by checkpoint', async () => {
      await assign([bob, anna], ['rol_a'])
      const { usersWith } = nodes.two.roleAssignments
      const { next = 0, ...first } = await usersWith(tenant, 'rol_a', { after: 0, limit: 1 })
      expect(first).toEqual({ items: [bob], total: 2 })
      // What is gone by the next part moves nothing.
      await nodes.one.roleAssignments.unassign(tenant, bob, ['rol_a'])
      expect(await usersWith(tenant, 'rol_a', { after: next, limit: 1 })).toEqual({ items: [anna], total: 1 })
      expect(await usersWith(tenant, 'rol_a', { offset: 1, limit: 1 })).toEqual({ items: [], total: 1 })
    })

    test('a second tenant sees and takes away nothing', async () => {
      await assign([anna], ['rol_a'])
      expect(await namesOf(anna, otherTenant)).toEqual([])
      expect((await nodes.one.roleAssignments.usersWith(otherTenant, 'rol_a', page)).total).toBe(0)
      await nodes.one.roleAssignments.unassign(otherTenant, anna, ['rol_a'])
      expect(await namesOf(anna)).toEqual(['a'])
    })
  })
}
