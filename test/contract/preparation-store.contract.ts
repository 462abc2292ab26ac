import { createHash } from 'node:crypto'
import type { Preparation, PreparationKey, PreparationStore } from '@interlock/runtime'
import { describe, expect, test } from 'vitest'
import { awkwardTexts, type OpenEngine, otherTenant, race, tenant, useEngine } from './engine.ts'

export interface PreparationStores {
  preparations: PreparationStore
  /** From now on it is so much later. */
  advance(ms: number): void
}

const key: PreparationKey = { artifact: `action.js:${'a'.repeat(64)}`, engine: 'e'.repeat(64) }

const aPreparation = (text: string): Preparation => {
  const bytes = Buffer.from(text)
  return { kind: 'snapshot', bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

const textOf = (found: Preparation | undefined) => found && Buffer.from(found.bytes).toString()

export const preparationStoreContract = (open: OpenEngine<PreparationStores>) =>
  describe('preparations', () => {
    const nodes = useEngine(open)

    test('comes back on another node as it was kept', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => at % 256)
      const kept: Preparation = { kind: 'code-cache', refused: 'Loading it uses Date.', bytes, sha256: 'f'.repeat(64) }
      await nodes.one.preparations.keep(tenant, key, kept)
      const found = await nodes.two.preparations.find(tenant, key)
      expect({ ...found, bytes: Uint8Array.from(found?.bytes ?? []) }).toEqual(kept)
    })

    test('is not found by another engine, for another artifact, or by another tenant', async () => {
      await nodes.one.preparations.keep(tenant, key, aPreparation('one'))
      expect(await nodes.two.preparations.find(tenant, { ...key, engine: 'another' })).toBeUndefined()
      expect(await nodes.two.preparations.find(tenant, { ...key, artifact: 'another' })).toBeUndefined()
      expect(await nodes.two.preparations.find(otherTenant, key)).toBeUndefined()
    })

    test('of two tenants with the same code each keeps its own', async () => {
      await nodes.one.preparations.keep(tenant, key, aPreparation('own'))
      await nodes.two.preparations.keep(otherTenant, key, aPreparation('theirs'))
      expect(textOf(await nodes.two.preparations.find(tenant, key))).toBe('own')
      expect(textOf(await nodes.one.preparations.find(otherTenant, key))).toBe('theirs')
    })

    test('of twenty kept at once under one key, one stands', async () => {
      await race(nodes, ({ preparations }, index) => preparations.keep(tenant, key, aPreparation(`${index}`)))
      expect(Number(textOf(await nodes.one.preparations.find(tenant, key)))).toBeLessThan(20)
    })

    test('those of the two latest engines are kept', async () => {
      for (const engine of ['first', 'second', 'third']) {
        nodes.one.advance(1_000)
        await nodes.one.preparations.keep(tenant, { ...key, engine }, aPreparation(engine))
      }
      const found = (engine: string) => nodes.two.preparations.find(tenant, { ...key, engine })
      expect(textOf(await found('first'))).toBeUndefined()
      expect(textOf(await found('second'))).toBe('second')
      expect(textOf(await found('third'))).toBe('third')
    })

    test.each(awkwardTexts)('%j is a reason like any other', async (refused) => {
      await nodes.one.preparations.keep(tenant, key, { ...aPreparation(''), kind: 'none', refused })
      expect(await nodes.two.preparations.find(tenant, key)).toMatchObject({ kind: 'none', refused })
    })
  })
