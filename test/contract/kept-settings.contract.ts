import { describe, expect, test } from 'vitest'
import { type OpenEngine, otherTenant, type Stores, tenant, useEngine } from './engine.ts'

export const keptSettingsContract = (open: OpenEngine<Stores>) =>
  describe('kept settings', () => {
    const nodes = useEngine(open)

    test('settings come back as they were kept, to their own tenant and subject only', async () => {
      const settings = JSON.parse('{"session_lifetime":168.5,"flags":{"__proto__":true,"ü":"🔑\\u0000"}}')
      await nodes.one.keptSettings.save(tenant, 'tenant', settings)
      expect(await nodes.two.keptSettings.find(tenant, 'tenant')).toStrictEqual(settings)
      expect(await nodes.two.keptSettings.find(tenant, 'prompts')).toEqual({})
      expect(await nodes.two.keptSettings.find(otherTenant, 'tenant')).toEqual({})
    })

    test('a save replaces what was there', async () => {
      await nodes.one.keptSettings.save(tenant, 'prompts', { identifier_first: true })
      await nodes.two.keptSettings.save(tenant, 'prompts', { universal_login_experience: 'new' })
      expect(await nodes.one.keptSettings.find(tenant, 'prompts')).toEqual({ universal_login_experience: 'new' })
    })

    test('they go with their tenant, and leave others', async () => {
      for (const name of [tenant, otherTenant]) await nodes.one.keptSettings.save(name, 'tenant', { flags: {} })
      await nodes.one.tenants.remove(tenant)
      expect(await nodes.two.keptSettings.find(tenant, 'tenant')).toEqual({})
      expect(await nodes.two.keptSettings.find(otherTenant, 'tenant')).toEqual({ flags: {} })
    })
  })
