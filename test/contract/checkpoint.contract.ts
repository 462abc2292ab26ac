/** Lists that are read on from an entry: every one of them, in the same words. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Sliced } from '../../server/src/page.ts'
import { aClient } from './client.contract.ts'
import { now, type OpenEngine, type Stores, tenant, useEngine } from './engine.ts'
import { aUser } from './user.contract.ts'

interface List {
  add(stores: Stores, name: string): Promise<unknown>
  remove(stores: Stores, name: string): Promise<unknown>
  /** By the names they were added with. */
  read(stores: Stores, slice: { after: number; limit: number }): Promise<Sliced<string>>
}

const most = 1_000
const named = <Item>({ items, ...rest }: Sliced<Item>, nameOf: (item: Item) => string): Sliced<string> => ({
  ...rest,
  items: items.map(nameOf),
})

const lists: [string, List][] = [
  [
    'organizations',
    {
      add: ({ organizations }, name) =>
        organizations.create(tenant, { id: `org_${name}`, name, displayName: name, metadata: {} }, most),
      remove: ({ organizations }, name) => organizations.remove(tenant, `org_${name}`),
      read: async ({ organizations }, slice) => named(await organizations.list(tenant, slice), ({ name }) => name),
    },
  ],
  [
    'members of an organization',
    {
      add: ({ memberships }, name) => memberships.add(tenant, 'org_all', [name]),
      remove: ({ memberships }, name) => memberships.remove(tenant, 'org_all', [name]),
      read: ({ memberships }, slice) => memberships.membersOf(tenant, 'org_all', slice),
    },
  ],
  [
    'users with a role',
    {
      add: ({ roleAssignments }, name) =>
        roleAssignments.assign(tenant, { users: [name], roles: ['rol_all'], most: 50 }),
      remove: ({ roleAssignments }, name) => roleAssignments.unassign(tenant, name, ['rol_all']),
      read: ({ roleAssignments }, slice) => roleAssignments.usersWith(tenant, 'rol_all', slice),
    },
  ],
  [
    'client grants',
    {
      add: ({ clientGrants }, name) =>
        clientGrants.create(tenant, { id: name, clientId: name, scopes: [], allowsAllScopes: true, kept: {} }),
      remove: ({ clientGrants }, name) => clientGrants.remove(tenant, name),
      read: async ({ clientGrants }, slice) => named(await clientGrants.list(tenant, {}, slice), ({ id }) => id),
    },
  ],
  [
    'connections',
    {
      add: ({ connections }, name) =>
        connections.create(tenant, { id: name, name, strategy: 'auth0', metadata: {}, kept: {}, createdAt: now }),
      async remove({ connections }, name) {
        await connections.remove(tenant, name)
        await connections.clear(tenant)
      },
      read: async ({ connections }, slice) => named(await connections.page(tenant, {}, slice), ({ name }) => name),
    },
  ],
]

export const checkpointContract = (open: OpenEngine<Stores>) =>
  describe('a list that is read on from an entry', () => {
    const nodes = useEngine(open)
    const names = ['a', 'b', 'c', 'd']
    beforeEach(async () => {
      const { organizations, roles, users, clients } = nodes.one
      await organizations.create(tenant, { id: 'org_all', name: 'all', displayName: 'All', metadata: {} }, most)
      await roles.create(tenant, { id: 'rol_all', name: 'all' }, most)
      for (const id of names) {
        await users.create(tenant, aUser({ id, email: `${id}@example.com` }))
        await clients.create(tenant, aClient({ clientId: id }))
      }
    })

    test.each(lists)('%s: what is added after the last entries went is not missed', async (name, list) => {
      for (const entry of ['a', 'b', 'c']) await list.add(nodes.one, entry)
      // The one whose members are listed.
      const before = name === 'organizations' ? 1 : 0
      const { items, next = 0 } = await list.read(nodes.two, { after: 0, limit: before + 2 })
      expect(items.slice(before)).toEqual(['a', 'b'])
      for (const gone of ['b', 'c']) await list.remove(nodes.one, gone)
      await list.add(nodes.one, 'd')
      expect((await list.read(nodes.two, { after: next, limit: 2 })).items).toEqual(['d'])
    })
  })
