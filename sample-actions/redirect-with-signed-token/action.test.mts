import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { expectRun, openAction, type Return, readToken } from '@interlock/runtime/testing'

const file = new URL('action.js', import.meta.url)
const secret = 'a-shared-secret-of-at-least-32-bytes'
const verifier = 'https://verifier.example.com/start?from=reset'
const action = await openAction(file, { secrets: { VERIFIER_URL: verifier, TOKEN_SECRET: secret } })

const comeBack = async (back: Return) => (await action.execute()).continueWith(back)

test('the verifier gets a signed token that says whom it is about', async () => {
  const run = await action.execute()
  expectRun(run).toRedirectTo(verifier)
  const claims = readToken(new URL(run.redirectUrl ?? '').searchParams.get('session_token'), secret)
  assert.equal(claims.purpose, 'password-reset')
  assert.equal(claims.email, 'ada@example.com')
})

test('a user the verifier vouches for goes on, whichever way the answer comes', async () => {
  expectRun(await comeBack({ token: { secret, claims: { verified: true } } })).toProceed()
  expectRun(await comeBack({ token: { secret, claims: { verified: true }, in: 'body' } })).toProceed()
})

test('a user the verifier does not vouch for is refused', async () => {
  const back = await comeBack({ token: { secret, claims: { verified: false } } })
  expectRun(back).toDeny('We could not confirm that it is you.')
})

describe('the reset ends', () => {
  const verified = true
  const forged = [
    ['with another secret', { secret: 'somebody-elses-secret-of-32-bytes!', claims: { verified } }],
    ['made for another redirect', { secret, claims: { verified, state: 'of-another-redirect' } }],
    ['for another user', { secret, claims: { verified, sub: 'auth0|somebody-else' } }],
    ['that has expired', { secret, claims: { verified, exp: 1 } }],
  ] as const
  for (const [name, token] of forged) {
    test(`on an answer ${name}`, async () =>
      expectRun(await comeBack({ token })).toFailWith('The session token is invalid'))
  }

  test('on a return without a token', async () => {
    expectRun(await comeBack({})).toFailWith("There is no parameter called 'session_token'")
  })

  test('before the user is sent away, when a secret is missing', async () => {
    const incomplete = await openAction(file, { secrets: { VERIFIER_URL: verifier } })
    expectRun(await incomplete.execute()).toFailWith('redirect.encodeToken: "secret" must be a non-empty string')
  })
})
