import { describe, expect, test } from 'vitest'
import type { Client } from '../../server/src/clients/client.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

export const aClient = (over: Partial<Client> = {}): Client => ({
  clientId: 'client-1',
  name: 'My app',
  metadata: {},
  isFirstParty: true,
  kept: {},
  createdAt: now,
  ...over,
})

export const clientContract = (open: OpenEngine<Stores>) =>
  describe('clients', () => {
    const nodes = useEngine(open)

    test('a client comes back as it was created', async () => {
      const [bare, full] = [
        aClient(),
        aClient({
          clientId: 'client-2',
          secretHash: 'hash',
          metadata: JSON.parse('{"__proto__":"x","ü":"🔑"}'),
          initiateLoginUri: 'https://example.com/login',
          appType: 'spa',
          isFirstParty: false,
          authMethod: 'none',
          grantTypes: ['client_credentials'],
          credentials: [
            {
              id: 'cred_1',
              kid: 'kid',
              alg: 'RS256',
              publicKey: 'PEM',
              expiresAt: now,
              createdAt: now,
              updatedAt: now,
            },
          ],
          assertionCredentials: ['cred_1'],
          kept: { callbacks: ['https://example.com/'], sso: false },
        }),
      ]
      for (const client of [bare, full]) await nodes.one.clients.create(tenant, client)
      expect(await nodes.two.clients.find(tenant, 'client-1')).toStrictEqual(bare)
      expect(await nodes.two.clients.find(tenant, 'client-2')).toStrictEqual(full)
    })

    test('clients are listed in the order they were created, also within one millisecond', async () => {
      const ids = ['c', 'a', 'b']
      for (const clientId of ids) await nodes.one.clients.create(tenant, aClient({ clientId }))
      expect((await nodes.one.clients.list(tenant)).map(({ clientId }) => clientId)).toEqual(ids)
    })

    test('some are found by their ids, in the order of these', async () => {
      const [one, two] = [aClient({ kept: { sso: true } }), aClient({ clientId: 'client-2' })]
      for (const client of [one, two]) await nodes.one.clients.create(tenant, client)
      const ids = ['client-2', 'nobody', 'client-1']
      expect(await nodes.two.clients.findAll(tenant, ids)).toStrictEqual([two, one])
      expect(await nodes.two.clients.findAll(tenant, [])).toEqual([])
      expect(await nodes.two.clients.findAll(otherTenant, ids)).toEqual([])
    })

    test('of twenty that create the last one that there may be exactly one does', async () => {
      await nodes.one.clients.create(otherTenant, aClient())
      const created = await race(nodes, ({ clients }, index) =>
        clients.create(tenant, aClient({ clientId: `client-${index}` }), { most: 1 }),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(created.filter((result) => result === 'too-many')).toHaveLength(19)
    })

    test('an update replaces, keeps and removes fields', async () => {
      await nodes.one.clients.create(tenant, aClient({ secretHash: 'hash', initiateLoginUri: 'https://example.com/' }))
      const patch = { name: 'Renamed', metadata: { a: 'b' }, initiateLoginUri: undefined }
      const changed = aClient({ name: 'Renamed', metadata: { a: 'b' }, secretHash: 'hash' })
      expect(await nodes.one.clients.update(tenant, 'client-1', patch)).toStrictEqual(changed)
      expect(await nodes.one.clients.update(tenant, 'client-1', {})).toStrictEqual(changed)
    })

    test('a second tenant finds, changes and removes nothing', async () => {
      await nodes.one.clients.create(tenant, aClient())
      expect(await nodes.one.clients.find(otherTenant, 'client-1')).toBeUndefined()
      expect(await nodes.one.clients.list(otherTenant)).toEqual([])
      expect(await nodes.one.clients.update(otherTenant, 'client-1', { name: 'Stolen' })).toBeUndefined()
      expect(await nodes.one.clients.remove(otherTenant, 'client-1')).toBe('unknown')
      expect(await nodes.one.clients.find(tenant, 'client-1')).toEqual(aClient())
    })

    test('a removed client is gone', async () => {
      await nodes.one.clients.create(tenant, aClient())
      expect(await nodes.one.clients.remove(tenant, 'client-1')).toBe('removed')
      expect(await nodes.two.clients.find(tenant, 'client-1')).toBeUndefined()
      expect(await nodes.one.clients.remove(tenant, 'client-1')).toBe('unknown')
    })
  })
