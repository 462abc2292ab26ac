import { beforeEach, describe, expect, test } from 'vitest'
import type { ClientGrant } from '../../server/src/client-grants/client-grant.ts'
import { aClient } from './client.contract.ts'
import { type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

const aGrant = (over: Partial<ClientGrant> = {}): ClientGrant => ({
  id: 'cgr_1',
  clientId: 'client-1',
  scopes: ['read:users'],
  allowsAllScopes: false,
  kept: {},
  ...over,
})
const page = { offset: 0, limit: 100 }

export const clientGrantContract = (open: OpenEngine<Stores>) =>
  describe('client grants', () => {
    const nodes = useEngine(open)
    beforeEach(async () => {
      for (const owner of [tenant, otherTenant]) {
        for (const clientId of ['client-1', 'client-2']) await nodes.one.clients.create(owner, aClient({ clientId }))
      }
    })

    test('a grant comes back as it was created, by id and by client', async () => {
      const full = aGrant({ scopes: [], allowsAllScopes: true, kept: { allow_any_organization: true } })
      expect(await nodes.one.clientGrants.create(tenant, full)).toBe('created')
      expect(await nodes.two.clientGrants.find(tenant, 'cgr_1')).toStrictEqual(full)
      expect(await nodes.two.clientGrants.findOf(tenant, 'client-1')).toStrictEqual(full)
      expect(await nodes.two.clientGrants.findOf(tenant, 'client-2')).toBeUndefined()
    })

    test('a client has one, also when twenty are created at once', async () => {
      const created = await race(nodes, ({ clientGrants }, index) =>
        clientGrants.create(tenant, aGrant({ id: `cgr_${index}` })),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(await nodes.one.clientGrants.create(tenant, aGrant({ clientId: 'nobody' }))).toBe('unknown-client')
    })

    test('one whose client goes at that moment is created and goes too, or finds no client', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `client-${index + 10}`)
      for (const clientId of ids) await nodes.one.clients.create(tenant, aClient({ clientId }))
      for (const clientId of ids) {
        const [created] = await Promise.all([
          nodes.one.clientGrants.create(tenant, aGrant({ id: `cgr_${clientId}`, clientId })),
          nodes.two.clients.remove(tenant, clientId),
        ])
        expect(['created', 'unknown-client']).toContain(created)
      }
      expect((await nodes.one.clientGrants.list(tenant, {}, page)).total).toBe(0)
    })

    test('they are listed in the order they were created, all of them or those of a client', async () => {
      await nodes.one.clientGrants.create(tenant, aGrant({ id: 'cgr_b', clientId: 'client-2' }))
      await nodes.one.clientGrants.create(tenant, aGrant({ id: 'cgr_a' }))
      const ids = async (...query: [{ clientId?: string }, { after: number; limit: number }]) => {
        const { items, total, next } = await nodes.two.clientGrants.list(tenant, ...query)
        return { ids: items.map(({ id }) => id), total, next }
      }
      const { next = 0, ...first } = await ids({}, { after: 0, limit: 1 })
      expect(first).toEqual({ ids: ['cgr_b'], total: 2 })
      expect(await ids({}, { after: next, limit: 1 })).toEqual({ ids: ['cgr_a'], total: 2, next: undefined })
      expect(await ids({ clientId: 'client-1' }, { after: 0, limit: 9 })).toMatchObject({ ids: ['cgr_a'], total: 1 })
    })

    test('an update replaces and keeps fields', async () => {
      await nodes.one.clientGrants.create(tenant, aGrant())
      const changed = aGrant({ scopes: ['read:logs'] })
      expect(await nodes.one.clientGrants.update(tenant, 'cgr_1', { scopes: ['read:logs'] })).toStrictEqual(changed)
      expect(await nodes.one.clientGrants.update(tenant, 'cgr_1', {})).toStrictEqual(changed)
    })

    test('a grant goes by itself, and with its client', async () => {
      await nodes.one.clientGrants.create(tenant, aGrant())
      expect(await nodes.one.clientGrants.remove(tenant, 'cgr_1')).toBe('removed')
      expect(await nodes.one.clientGrants.remove(tenant, 'cgr_1')).toBe('unknown')
      await nodes.one.clientGrants.create(tenant, aGrant())
      await nodes.one.clients.remove(tenant, 'client-1')
      expect(await nodes.two.clientGrants.find(tenant, 'cgr_1')).toBeUndefined()
    })

    test('a second tenant finds, changes and removes nothing', async () => {
      await nodes.one.clientGrants.create(tenant, aGrant())
      expect(await nodes.one.clientGrants.find(otherTenant, 'cgr_1')).toBeUndefined()
      expect(await nodes.one.clientGrants.findOf(otherTenant, 'client-1')).toBeUndefined()
      expect((await nodes.one.clientGrants.list(otherTenant, {}, page)).total).toBe(0)
      expect(await nodes.one.clientGrants.update(otherTenant, 'cgr_1', { scopes: [] })).toBeUndefined()
      expect(await nodes.one.clientGrants.remove(otherTenant, 'cgr_1')).toBe('unknown')
      expect(await nodes.one.clientGrants.find(tenant, 'cgr_1')).toEqual(aGrant())
    })
  })
