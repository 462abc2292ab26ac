import { describe, expect, test } from 'vitest'
import { aTenant } from '../support/database.ts'
import { namesIn } from './connection.contract.ts'
import { now, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

export const tenantContract = (open: OpenEngine<Stores>) =>
  describe('tenants', () => {
    const nodes = useEngine(open)

    test('a tenant comes back as it was created, by name and by domain', async () => {
      const created = {
        ...aTenant('initech'),
        settings: { ...aTenant('').settings, friendly_name: 'Init"ech ü🔑' },
        limits: { wallMs: 500 },
        guardian: { emailCode: { length: 8, lifeSeconds: 60 }, phoneProvider: 'twilio' as const },
        branding: { colors: { primary: '#0059d6' }, logo_url: 'https://acme.example/"ü🔑.png' },
      }
      expect(await nodes.one.tenants.create(created)).toBe('created')
      expect(await nodes.two.tenants.find('initech')).toEqual(created)
      expect(await nodes.two.tenants.findByDomain(created.domain)).toEqual(created)
    })

    test('an unknown tenant is not found, changed or removed', async () => {
      expect(await nodes.one.tenants.find('no-such')).toBeUndefined()
      expect(await nodes.one.tenants.findByDomain('no-such')).toBeUndefined()
      expect(await nodes.one.tenants.update('no-such', { factors: [] })).toBeUndefined()
      expect(await nodes.one.tenants.remove('no-such')).toBe('unknown')
    })

    test('a name and a domain belong to one tenant', async () => {
      expect(await nodes.one.tenants.create({ ...aTenant(tenant), domain: 'free' })).toBe('name-taken')
      expect(await nodes.one.tenants.create({ ...aTenant('free'), domain: aTenant(tenant).domain })).toBe(
        'domain-taken',
      )
      expect(await nodes.one.tenants.update(tenant, { domain: aTenant(otherTenant).domain })).toBe('domain-taken')
      expect((await nodes.one.tenants.list()).map(({ name }) => name)).toEqual([tenant, otherTenant])
    })

    test('of twenty that create a tenant at once exactly one does', async () => {
      const created = await race(nodes, ({ tenants }) => tenants.create(aTenant('initech')))
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
      expect(created.filter((result) => result === 'name-taken')).toHaveLength(19)
    })

    test('an update replaces the given fields whole and leaves the others', async () => {
      const changed = { ...aTenant(tenant), limits: { wallMs: 100 }, factors: [], createdAt: expect.any(Number) }
      expect(await nodes.one.tenants.update(tenant, { limits: { wallMs: 100 }, factors: [] })).toEqual(changed)
      expect(await nodes.one.tenants.update(tenant, {})).toEqual(changed)
      expect((await nodes.two.tenants.find(otherTenant))?.limits).toEqual({})
    })

    test('a removed tenant takes along what it owns, and nothing of another', async () => {
      const connection = { id: 'con_1', name: 'main', strategy: 'auth0', metadata: {}, kept: {}, createdAt: now }
      for (const name of [tenant, otherTenant]) await nodes.one.connections.create(name, connection)
      expect(await nodes.one.tenants.remove(tenant)).toBe('removed')
      expect(await nodes.two.tenants.find(tenant)).toBeUndefined()
      expect(await namesIn(nodes.two, tenant)).toEqual([])
      expect(await namesIn(nodes.two, otherTenant)).toEqual([connection.name])
    })
  })
