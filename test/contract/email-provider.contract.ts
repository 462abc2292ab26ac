import { describe, expect, test } from 'vitest'
import type { EmailProvider } from '../../server/src/email-providers/email-provider.ts'
import { type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

const credentials = { host: 'smtp.acme.example', port: 587, user: 'acme', password: 'pässword 🔑' }
const aProvider = (over: Partial<EmailProvider> = {}): EmailProvider => ({
  name: 'smtp',
  enabled: true,
  defaultFromAddress: 'Acme <a@acme.example>',
  credentials,
  headers: { 'X-Campaign': 'resets' },
  ...over,
})

export const emailProviderContract = (open: OpenEngine<Stores>) =>
  describe('e-mail providers', () => {
    const nodes = useEngine(open)

    test('a provider comes back as it was created, with an account or without', async () => {
      const { defaultFromAddress: _, ...bare } = aProvider({ credentials: { host: '::1', port: 25 }, headers: {} })
      for (const [name, provider] of [
        [tenant, aProvider()],
        [otherTenant, bare],
      ] as const) {
        expect(await nodes.one.emailProviders.create(name, provider)).toBe('created')
        expect(await nodes.two.emailProviders.find(name)).toEqual(provider)
      }
    })

    test('of twenty that create it at once exactly one does', async () => {
      const created = await race(nodes, ({ emailProviders }) => emailProviders.create(tenant, aProvider()))
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
    })

    test('an update changes what it names, credentials whole', async () => {
      await nodes.one.emailProviders.create(tenant, aProvider())
      const changed = aProvider({ enabled: false, credentials: { host: 'other.example', port: 25 } })
      const { enabled, credentials: other } = changed
      expect(await nodes.two.emailProviders.update(tenant, { enabled, credentials: other })).toEqual(changed)
      const { defaultFromAddress: _, ...without } = changed
      expect(await nodes.one.emailProviders.update(tenant, { defaultFromAddress: undefined })).toEqual(without)
      expect(await nodes.two.emailProviders.update(tenant, {})).toEqual(without)
    })

    test('a removed one is gone, and removing it again is nothing', async () => {
      await nodes.one.emailProviders.create(tenant, aProvider())
      await nodes.one.emailProviders.remove(tenant)
      await nodes.two.emailProviders.remove(tenant)
      expect(await nodes.two.emailProviders.find(tenant)).toBeUndefined()
      expect(await nodes.two.emailProviders.update(tenant, { enabled: false })).toBeUndefined()
    })

    test('a second tenant finds nothing, changes nothing and removes nothing', async () => {
      await nodes.one.emailProviders.create(tenant, aProvider())
      expect(await nodes.one.emailProviders.find(otherTenant)).toBeUndefined()
      expect(await nodes.one.emailProviders.update(otherTenant, { enabled: false })).toBeUndefined()
      await nodes.one.emailProviders.remove(otherTenant)
      expect(await nodes.two.emailProviders.find(tenant)).toEqual(aProvider())
    })

    test('it goes with its tenant, and leaves others', async () => {
      for (const name of [tenant, otherTenant]) await nodes.one.emailProviders.create(name, aProvider())
      await nodes.one.tenants.remove(tenant)
      expect(await nodes.two.emailProviders.find(tenant)).toBeUndefined()
      expect(await nodes.two.emailProviders.find(otherTenant)).toEqual(aProvider())
    })
  })
