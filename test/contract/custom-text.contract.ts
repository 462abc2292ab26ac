import { describe, expect, test } from 'vitest'
import { awkwardTexts, type OpenEngine, otherTenant, type Stores, tenant, useEngine } from './engine.ts'

const inEnglish = { prompt: 'reset-password', language: 'en' }
const inGerman = { prompt: 'reset-password', language: 'de' }
const ofLogin = { prompt: 'login', language: 'en' }
const texts = { 'reset-password': { title: 'Välj ett nytt lösenord' } }

export const customTextContract = (open: OpenEngine<Stores>) =>
  describe('custom texts', () => {
    const nodes = useEngine(open)

    test('texts come back to their own tenant, prompt and language only', async () => {
      await nodes.one.customTexts.save(tenant, inEnglish, texts)
      expect(await nodes.two.customTexts.find(tenant, inEnglish)).toStrictEqual(texts)
      for (const place of [inGerman, ofLogin]) expect(await nodes.two.customTexts.find(tenant, place)).toEqual({})
      expect(await nodes.two.customTexts.find(otherTenant, inEnglish)).toEqual({})
    })

    test('a save replaces what was there, and may leave nothing', async () => {
      await nodes.one.customTexts.save(tenant, inEnglish, texts)
      await nodes.two.customTexts.save(tenant, inEnglish, { 'reset-password-request': { title: 'Lost it?' } })
      expect(await nodes.one.customTexts.find(tenant, inEnglish)).toEqual({
        'reset-password-request': { title: 'Lost it?' },
      })
      await nodes.one.customTexts.save(tenant, inEnglish, {})
      expect(await nodes.two.customTexts.find(tenant, inEnglish)).toEqual({})
    })

    test('any text is kept as it is, and any name finds its own', async () => {
      for (const text of awkwardTexts) {
        await nodes.one.customTexts.save(tenant, { prompt: text, language: text }, { screen: { key: text } })
      }
      for (const text of awkwardTexts) {
        expect(await nodes.two.customTexts.find(tenant, { prompt: text, language: text })).toEqual({
          screen: { key: text },
        })
      }
    })

    test('they go with their tenant, and leave others', async () => {
      for (const name of [tenant, otherTenant]) await nodes.one.customTexts.save(name, inEnglish, texts)
      await nodes.one.tenants.remove(tenant)
      expect(await nodes.two.customTexts.find(tenant, inEnglish)).toEqual({})
      expect(await nodes.two.customTexts.find(otherTenant, inEnglish)).toEqual(texts)
    })
  })
