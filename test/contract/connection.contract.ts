import { describe, expect, test } from 'vitest'
import type { Connection } from '../../server/src/connections/connection.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'
import { aUser } from './user.contract.ts'

const aConnection = (over: Partial<Connection> = {}): Connection => ({
  id: 'con_1',
  name: 'main',
  strategy: 'auth0',
  metadata: { ü: '🔑' },
  kept: {},
  createdAt: now,
  ...over,
})

const everything = { offset: 0, limit: 100 }
export const namesIn = async ({ connections }: Pick<Stores, 'connections'>, of: string): Promise<string[]> =>
  (await connections.page(of, {}, everything)).items.map(({ name }) => name)

export const connectionContract = (open: OpenEngine<Stores>) =>
  describe('connections', () => {
    const nodes = useEngine(open)

    test('a connection comes back as it was created, by id and by name', async () => {
      expect(await nodes.one.connections.create(tenant, aConnection())).toBe('created')
      expect(await nodes.two.connections.find(tenant, 'con_1')).toEqual(aConnection())
      expect(await nodes.two.connections.findByName(tenant, 'main')).toEqual(aConnection())
    })

    test('they are listed in the order they were created', async () => {
      const names = ['c', 'a', 'b']
      for (const name of names) await nodes.one.connections.create(tenant, aConnection({ id: `con_${name}`, name }))
      expect(await namesIn(nodes.one, tenant)).toEqual(names)
    })

    test('of twenty that create one name at once exactly one does', async () => {
      const created = await race(nodes, ({ connections }, index) =>
        connections.create(tenant, aConnection({ id: `con_${index}` })),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(await namesIn(nodes.one, tenant)).toHaveLength(1)
    })

    test('of twenty that create the last one that there may be exactly one does, and one that is gone makes room', async () => {
      const bound = { most: 1 }
      const created = await race(nodes, ({ connections }, index) =>
        connections.create(tenant, aConnection({ id: `con_${index}`, name: `n${index}` }), bound),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(created.filter((result) => result === 'too-many')).toHaveLength(19)
      const [last] = (await nodes.two.connections.page(tenant, {}, everything)).items
      await nodes.two.connections.remove(tenant, last?.id ?? '')
      expect(await nodes.one.connections.create(tenant, aConnection({ id: 'con_x', name: 'x' }), bound)).toBe('created')
    })

    test('what may be absent comes back too, and an update replaces, keeps and removes', async () => {
      const full = aConnection({ enabledClients: ['client-1'], kept: { options: { requires_username: true } } })
      await nodes.one.connections.create(tenant, full)
      expect(await nodes.two.connections.find(tenant, 'con_1')).toStrictEqual(full)
      const patch = { enabledClients: undefined, metadata: { a: 'b' } }
      const { enabledClients: _, ...changed } = { ...full, metadata: { a: 'b' } }
      expect(await nodes.one.connections.update(tenant, 'con_1', patch)).toStrictEqual(changed)
      expect(await nodes.one.connections.update(tenant, 'con_1', {})).toStrictEqual(changed)
      expect(await nodes.one.connections.update(otherTenant, 'con_1', patch)).toBeUndefined()
    })

    test('they are listed by parts, of one name and of some strategies', async () => {
      for (const name of ['c', 'a', 'b']) {
        await nodes.one.connections.create(tenant, aConnection({ id: `con_${name}`, name, strategy: `s${name}` }))
      }
      const page = async (filter: { name?: string; strategies?: string[] }, after = 0) => {
        const { items, total, next } = await nodes.two.connections.page(tenant, filter, { after, limit: 2 })
        return { names: items.map(({ name }) => name), total, next }
      }
      const { next = 0, ...first } = await page({})
      expect(first).toEqual({ names: ['c', 'a'], total: 3 })
      await nodes.one.connections.remove(tenant, 'con_c')
      expect(await page({}, next)).toEqual({ names: ['b'], total: 2, next: undefined })
      expect(await page({ name: 'a' })).toMatchObject({ names: ['a'], total: 1 })
      expect(await page({ strategies: ['sb', 'sx'] })).toMatchObject({ names: ['b'], total: 1 })
    })

    test('a removed one is gone at once, and its name and users are with the next clearing', async () => {
      for (const name of [tenant, otherTenant]) {
        await nodes.one.connections.create(name, aConnection())
        await nodes.one.users.create(name, aUser({ connection: 'main' }))
        await nodes.one.users.create(name, aUser({ id: 'auth0|2', connection: 'another' }))
      }
      expect(await nodes.one.connections.remove(tenant, 'con_1')).toBe('removed')
      expect(await nodes.one.connections.remove(tenant, 'con_1')).toBe('unknown')
      expect(await nodes.two.connections.find(tenant, 'con_1')).toBeUndefined()
      expect(await nodes.two.connections.findByName(tenant, 'main')).toBeUndefined()
      expect(await namesIn(nodes.two, tenant)).toEqual([])
      expect(await nodes.two.connections.update(tenant, 'con_1', { metadata: {} })).toBeUndefined()
      expect(await nodes.two.connections.create(tenant, aConnection({ id: 'con_2' }))).toBe('name-taken')
      await nodes.two.connections.clear(tenant)
      expect(await nodes.one.users.find(tenant, 'auth0|1')).toBeUndefined()
      expect(await nodes.one.users.find(tenant, 'auth0|2')).toBeDefined()
      expect(await nodes.one.users.find(otherTenant, 'auth0|1')).toBeDefined()
      expect(await nodes.one.connections.create(tenant, aConnection({ id: 'con_2' }))).toBe('created')
    })

    test('a second tenant finds nothing and may use the same id and name', async () => {
      await nodes.one.connections.create(tenant, aConnection())
      expect(await nodes.one.connections.find(otherTenant, 'con_1')).toBeUndefined()
      expect(await nodes.one.connections.findByName(otherTenant, 'main')).toBeUndefined()
      expect(await namesIn(nodes.one, otherTenant)).toEqual([])
      expect(await nodes.one.connections.create(otherTenant, aConnection())).toBe('created')
    })
  })
