import { describe, expect, test } from 'vitest'
import type { Connection } from '../../server/src/connections/connection.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

const aConnection = (over: Partial<Connection> = {}): Connection => ({
  id: 'con_1',
  name: 'main',
  strategy: 'auth0',
  metadata: { ü: '🔑' },
  createdAt: now,
  ...over,
})

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
      expect((await nodes.one.connections.list(tenant)).map(({ name }) => name)).toEqual(names)
    })

    test('of twenty that create one name at once exactly one does', async () => {
      const created = await race(nodes, ({ connections }, index) =>
        connections.create(tenant, aConnection({ id: `con_${index}` })),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(await nodes.one.connections.list(tenant)).toHaveLength(1)
    })

    test('a second tenant finds nothing and may use the same id and name', async () => {
      await nodes.one.connections.create(tenant, aConnection())
      expect(await nodes.one.connections.find(otherTenant, 'con_1')).toBeUndefined()
      expect(await nodes.one.connections.findByName(otherTenant, 'main')).toBeUndefined()
      expect(await nodes.one.connections.list(otherTenant)).toEqual([])
      expect(await nodes.one.connections.create(otherTenant, aConnection())).toBe('created')
    })
  })
