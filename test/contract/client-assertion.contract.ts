/** An assertion counts once, on whichever node and in whichever engine its use is remembered. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { createCheckAssertion } from '../../server/src/access/client-assertion.ts'
import type { Client } from '../../server/src/clients/client.ts'
import { aTenant } from '../support/database.ts'
import { minute, now, type OpenEngine, otherTenant, race, type ShortLivedStores, tenant, useEngine } from './engine.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const credential = {
  id: 'cred_1',
  kid: 'first-key-1',
  alg: 'RS256' as const,
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  createdAt: now,
  updatedAt: now,
}
const client = (clientId: string): Client => ({
  clientId,
  name: clientId,
  metadata: {},
  isFirstParty: true,
  credentials: [credential],
  assertionCredentials: [credential.id],
  kept: {},
  createdAt: now,
})
/** The same two at each tenant. */
const clients = { find: async (_tenant: string, id: string) => (/^robot-[12]$/.test(id) ? client(id) : undefined) }

const assertionOf = (clientId: string, { jti = randomUUID(), at = tenant } = {}) =>
  new SignJWT({ iss: clientId, sub: clientId, aud: `https://${aTenant(at).domain}/`, jti })
    .setProtectedHeader({ alg: 'RS256' })
    .setExpirationTime(new Date(now + 3 * minute))
    .sign(privateKey)

export const clientAssertionContract = (open: OpenEngine<Pick<ShortLivedStores, 'rateLimits'>>) =>
  describe('assertions of clients', () => {
    const nodes = useEngine(open)
    const checkOn = ({ rateLimits }: Pick<ShortLivedStores, 'rateLimits'>, at = tenant, time = now) => {
      const check = createCheckAssertion({ clients, rateLimits, clock: { now: () => time } })
      return (assertion: string) => check(aTenant(at), assertion)
    }
    const passes = async (assertion: string, at = tenant, time = now) =>
      (await checkOn(nodes.one, at, time)(assertion)).client !== undefined

    test('of twenty that use one at once, on two nodes, one passes', async () => {
      const assertion = await assertionOf('robot-1')
      const results = await race(nodes, (stores) => checkOn(stores)(assertion))
      expect(results.filter((result) => result.client)).toHaveLength(1)
      const refused = results.flatMap((result) => (result.client ? [] : [result.wrong]))
      expect(new Set(refused)).toEqual(new Set(['"jti" was used before']))
    })

    test('a used one stays used for as long as it would be good', async () => {
      const assertion = await assertionOf('robot-1')
      expect(await passes(assertion)).toBe(true)
      for (const time of [now + 1, now + 3 * minute - 1, now + 3 * minute + 29_000])
        expect(await checkOn(nodes.two, tenant, time)(assertion)).toEqual({ wrong: '"jti" was used before' })
      expect((await checkOn(nodes.two, tenant, now + 3 * minute + 31_000)(assertion)).client).toBeUndefined()
    })

    test('what one client has used another one, and a second tenant, may use as well', async () => {
      const jti = randomUUID()
      expect(await passes(await assertionOf('robot-1', { jti }))).toBe(true)
      expect(await passes(await assertionOf('robot-2', { jti }))).toBe(true)
      expect(await passes(await assertionOf('robot-1', { jti, at: otherTenant }), otherTenant)).toBe(true)
      expect(await passes(await assertionOf('robot-1', { jti }))).toBe(false)
    })

    test('one that is refused for another reason uses nothing up', async () => {
      const jti = randomUUID()
      const elsewhere = await assertionOf('robot-1', { jti, at: otherTenant })
      expect(await passes(elsewhere)).toBe(false)
      expect(await passes(await assertionOf('robot-1', { jti }))).toBe(true)
    })
  })
