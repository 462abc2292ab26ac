import { createHmac } from 'node:crypto'
import { jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Expectation, signToken, validateToken } from '../../../runtime/src/isolate/token.ts'

const secret = 'a secret of the author'
const key = new TextEncoder().encode(secret)
const nowSeconds = 1_800_000_000
const expected: Expectation = { secret, state: 'the-state', subject: 'auth0|ada', nowSeconds }
const claims = { sub: 'auth0|ada', state: 'the-state', exp: nowSeconds + 60 }

test('what is signed here verifies elsewhere', async () => {
  const { payload, protectedHeader } = await jwtVerify(signToken({ a: 'é', n: 1 }, secret), key)
  expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(payload).toEqual({ a: 'é', n: 1 })
})

test('what is signed elsewhere validates here', async () => {
  const token = await new SignJWT({ ...claims, more: [1] }).setProtectedHeader({ alg: 'HS256' }).sign(key)
  expect(validateToken(token, expected)).toEqual({ ok: true, claims: { ...claims, more: [1] } })
})

describe('a token is refused', () => {
  const { exp: _, ...withoutExpiry } = claims
  const good = signToken(claims, secret)
  const [head, body, signature] = good.split('.')

  test.each([
    ['when it is no token', 'hello', 'jwt malformed'],
    ['with a fourth part', `${good}.x`, 'jwt malformed'],
    ['with a line break', `${good}\n`, 'jwt malformed'],
    ['without a signature', `${head}.${body}.`, 'jwt malformed'],
    ['unsigned', `${new UnsecuredJWT(claims).encode()}x`, 'invalid algorithm'],
    ['signed with another secret', signToken(claims, 'another'), 'invalid signature'],
    [
      'with its claims exchanged',
      `${head}.${signToken({ ...claims, a: 1 }, secret).split('.')[1]}.${signature}`,
      'invalid signature',
    ],
    ['after its time', signToken({ ...claims, exp: nowSeconds }, secret), 'jwt expired'],
    ['without an expiry', signToken(withoutExpiry, secret), 'jwt has no expiry'],
    ['with an expiry that is no number', signToken({ ...claims, exp: '9999999999' }, secret), 'jwt has no expiry'],
    ['before its time', signToken({ ...claims, nbf: nowSeconds + 60 }, secret), 'jwt not active'],
    ['for another user', signToken({ ...claims, sub: 'auth0|eve' }, secret), 'sub is not the current user'],
    ['for another redirect', signToken({ ...claims, state: 'old' }, secret), 'state is not the one of this redirect'],
    ['without a state', signToken({ ...claims, state: undefined }, secret), 'state is not the one of this redirect'],
  ])('%s', (_, token, reason) => {
    expect(validateToken(token, expected)).toEqual({ ok: false, reason })
  })

  test.each(['HS384', 'HS512', 'none', 'hs256', 'RS256'])(
    'whose header says %s, with a signature that fits HS256',
    (alg) => {
      const signed = `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${body}`
      const token = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
      expect(validateToken(token, expected)).toEqual({ ok: false, reason: 'invalid algorithm' })
    },
  )

  test('when there is no redirect to belong to', () => {
    const nowhere = { ...expected, state: undefined }
    expect(validateToken(signToken({ ...claims, state: undefined }, secret), nowhere).ok).toBe(false)
    expect(validateToken(good, nowhere).ok).toBe(false)
    expect(
      validateToken(signToken({ ...claims, sub: undefined }, secret), { ...expected, subject: undefined }).ok,
    ).toBe(false)
  })
})
