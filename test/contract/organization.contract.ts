import { beforeEach, describe, expect, test } from 'vitest'
import type { Organization } from '../../server/src/organizations/organization.ts'
import { type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'
import { aUser } from './user.contract.ts'

const anOrganization = (over: Partial<Organization> = {}): Organization => ({
  id: 'org_1',
  name: 'acme',
  displayName: 'Acme Inc.',
  metadata: {},
  ...over,
})
const page = { offset: 0, limit: 100 }
const most = 1_000

export const organizationContract = (open: OpenEngine<Stores>) => {
  describe('organizations', () => {
    const nodes = useEngine(open)
    const create = (over: Partial<Organization> = {}, of = tenant) =>
      nodes.one.organizations.create(of, anOrganization(over), most)

    test('an organization comes back as it was created, by id and by name', async () => {
      const full = {
        metadata: JSON.parse('{"__proto__":"x","ü":"🔑"}'),
        branding: { logo_url: 'https://example.com/logo.png', colors: { primary: '#fff' } },
      }
      for (const over of [{}, { id: 'org_2', name: 'two', ...full }]) expect(await create(over)).toBe('created')
      expect(await nodes.two.organizations.find(tenant, 'org_1')).toStrictEqual(anOrganization())
      const second = anOrganization({ id: 'org_2', name: 'two', ...full })
      expect(await nodes.two.organizations.findByName(tenant, 'two')).toStrictEqual(second)
    })

    test('they are listed in the order they were created, by page and by checkpoint', async () => {
      for (const name of ['c', 'a', 'b']) await create({ id: `org_${name}`, name })
      const names = async (slice: Parameters<Stores['organizations']['list']>[1]) => {
        const { items, total, next } = await nodes.two.organizations.list(tenant, slice)
        return { names: items.map(({ name }) => name), total, next }
      }
      expect(await names({ offset: 1, limit: 1 })).toMatchObject({ names: ['a'], total: 3 })
      const { next = 0, ...first } = await names({ after: 0, limit: 2 })
      expect(first).toEqual({ names: ['c', 'a'], total: 3 })
      await nodes.one.organizations.remove(tenant, 'org_c')
      expect(await names({ after: next, limit: 2 })).toEqual({ names: ['b'], total: 2, next: undefined })
    })

    test('a name belongs to one, and of twenty that create the last one exactly one does', async () => {
      const created = await race(nodes, ({ organizations }, index) =>
        organizations.create(tenant, anOrganization({ id: `org_${index}`, name: `o${index}` }), 1),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(created.filter((result) => result === 'too-many')).toHaveLength(19)
      expect(await create({ id: 'org_x', name: 'x' })).toBe('created')
      expect(await create({ id: 'org_y', name: 'x' })).toBe('name-taken')
      expect(await create({ id: 'org_y', name: 'y' })).toBe('created')
      expect(await nodes.one.organizations.update(tenant, 'org_y', { name: 'x' })).toBe('name-taken')
    })

    test('an update replaces, keeps and removes fields', async () => {
      await create({ metadata: { a: 'b' }, branding: { colors: {} } })
      const patch = { displayName: 'Acme', branding: undefined }
      const changed = anOrganization({ displayName: 'Acme', metadata: { a: 'b' } })
      expect(await nodes.one.organizations.update(tenant, 'org_1', patch)).toStrictEqual(changed)
      expect(await nodes.one.organizations.update(tenant, 'org_1', {})).toStrictEqual(changed)
    })

    test('a second tenant finds, changes and removes nothing, and may use the same name', async () => {
      await create()
      expect(await nodes.one.organizations.find(otherTenant, 'org_1')).toBeUndefined()
      expect(await nodes.one.organizations.findByName(otherTenant, 'acme')).toBeUndefined()
      expect((await nodes.one.organizations.list(otherTenant, page)).total).toBe(0)
      expect(await nodes.one.organizations.update(otherTenant, 'org_1', { name: 'stolen' })).toBeUndefined()
      expect(await nodes.one.organizations.remove(otherTenant, 'org_1')).toBe('unknown')
      expect(await create({}, otherTenant)).toBe('created')
      expect(await nodes.one.organizations.find(tenant, 'org_1')).toEqual(anOrganization())
    })
  })

  describe('members of organizations', () => {
    const nodes = useEngine(open)
    const [anna, bob] = ['auth0|1', 'auth0|2']
    const add = (users: string[], organization = 'org_1') => nodes.one.memberships.add(tenant, organization, users)
    const members = async (slice: Parameters<Stores['memberships']['membersOf']>[2] = page) =>
      nodes.two.memberships.membersOf(tenant, 'org_1', slice)

    beforeEach(async () => {
      for (const owner of [tenant, otherTenant]) {
        await nodes.one.users.create(owner, aUser())
        await nodes.one.users.create(owner, aUser({ id: bob, email: 'bob@example.com' }))
        for (const id of ['org_1', 'org_2']) {
          await nodes.one.organizations.create(owner, anOrganization({ id, name: id }), most)
        }
      }
    })

    test('are listed in the order they became one, each once', async () => {
      expect([await add([bob, bob]), await add([anna, bob])]).toEqual(['added', 'added'])
      const { next = 0, ...first } = await members({ after: 0, limit: 1 })
      expect(first).toEqual({ items: [bob], total: 2 })
      expect(await members({ after: next, limit: 1 })).toEqual({ items: [anna], total: 2 })
      expect(await nodes.two.memberships.isMember(tenant, 'org_1', anna)).toBe(true)
      expect(await nodes.two.memberships.isMember(tenant, 'org_2', anna)).toBe(false)
    })

    test('where one is not there, nobody becomes one', async () => {
      expect(await add([anna, 'auth0|7'])).toBe('unknown-user')
      expect(await add([anna], 'org_7')).toBe('unknown-organization')
      expect((await members()).total).toBe(0)
    })

    test('end with the membership, the user and the organization', async () => {
      await add([anna, bob])
      await add([anna], 'org_2')
      await nodes.one.memberships.remove(tenant, 'org_1', [anna, 'auth0|7'])
      expect((await members()).items).toEqual([bob])
      await nodes.one.users.remove(tenant, bob)
      expect((await members()).total).toBe(0)
      const ofAnna = () => nodes.two.memberships.organizationsOf(tenant, anna, page)
      expect(await ofAnna()).toEqual({ items: [anOrganization({ id: 'org_2', name: 'org_2' })], total: 1 })
      await nodes.one.organizations.remove(tenant, 'org_2')
      expect(await ofAnna()).toEqual({ items: [], total: 0 })
    })

    test('a second tenant has none of them', async () => {
      await add([anna])
      expect(await nodes.one.memberships.isMember(otherTenant, 'org_1', anna)).toBe(false)
      expect((await nodes.one.memberships.membersOf(otherTenant, 'org_1', page)).total).toBe(0)
      expect((await nodes.one.memberships.organizationsOf(otherTenant, anna, page)).total).toBe(0)
      await nodes.one.memberships.remove(otherTenant, 'org_1', [anna])
      expect((await members()).total).toBe(1)
    })
  })
}
