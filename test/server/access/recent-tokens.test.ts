/** Tokens are checked once: what must not be believed any more for that. */
import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createAccessTokens } from '../../../server/src/access/access-token.ts'
import { createRecentTokens } from '../../../server/src/access/recent-tokens.ts'
import { aTenant } from '../../support/database.ts'

const grant = { clientId: 'client', scopes: ['read:users'] }
const acme = aTenant('acme')

/** Each call of `rekey` is a tenant's new life: the key of the one before is gone. */
const openAccess = () => {
  let key: Uint8Array = randomBytes(32)
  let asked = 0
  const signingKeyOf = async () => {
    asked += 1
    return key
  }
  const rekey = () => {
    key = randomBytes(32)
  }
  const tokens = createAccessTokens({ signingKeyOf, clock: { now: () => 1_000 } })
  return { tokens, rekey, asked: () => asked }
}

test('the signature of a token that comes again is not checked again', async () => {
  const { tokens, asked } = openAccess()
  const token = await tokens.issue(acme, grant)
  expect(await tokens.verify(acme, token)).toEqual(grant)
  const before = asked()
  expect(await tokens.verify(acme, token)).toEqual(grant)
  expect(asked()).toBe(before)
})

test('a tenant that was removed and made again refuses its old tokens', async () => {
  const { tokens, rekey } = openAccess()
  const token = await tokens.issue(acme, grant)
  expect(await tokens.verify(acme, token)).toEqual(grant)
  rekey()
  expect(await tokens.verify({ ...acme, createdAt: acme.createdAt + 1 }, token)).toBeUndefined()
})

test('a tenant that has moved refuses tokens for where it was, and no tenant takes those of another', async () => {
  const { tokens } = openAccess()
  const token = await tokens.issue(acme, grant)
  expect(await tokens.verify(acme, token)).toEqual(grant)
  expect(await tokens.verify({ ...acme, domain: 'moved.example' }, token)).toBeUndefined()
  expect(await tokens.verify(aTenant('globex'), token)).toBeUndefined()
})

test('of many tokens the oldest are checked anew', () => {
  const recent = createRecentTokens()
  for (let index = 0; index <= 1_000; index++) recent.keep(acme, `token-${index}`, { grant, expiresAt: 2_000 })
  expect(recent.find(acme, 'token-0', 1_000)).toBeUndefined()
  expect(recent.find(acme, 'token-1', 1_000)).toBe(grant)
})
