import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, test } from 'node:test'
import { type ActionRun, expectRun, openAction } from '@interlock/runtime/testing'

const keys = () => generateKeyPairSync('rsa', { modulusLength: 2_048 })
const { publicKey, privateKey } = keys()

const action = await openAction(new URL('action.js', import.meta.url), {
  secrets: {
    VERIFIER_URL: 'https://verifier.example.com/start',
    VERIFIER_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  },
})

const sign = (claims: object, key: KeyObject = privateKey): string => {
  const now = Math.floor(Date.now() / 1_000)
  const all = {
    iss: 'https://verifier.example.com',
    sub: 'auth0|ada',
    state: 's-1',
    iat: now,
    exp: now + 60,
    ...claims,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(all)}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`
}

const comeBack = (answer: string): Promise<ActionRun> =>
  action.execute({ handler: 'onContinuePostChallenge', back: { query: { state: 's-1', answer } } })

test('a user is sent to the verifier', async () => {
  expectRun(await action.execute()).toRedirectTo('https://verifier.example.com/start?user=auth0|ada')
})

test('a user the verifier vouches for goes on', async () => {
  expectRun(await comeBack(sign({ verified: true }))).toProceed()
})

test('a user it does not vouch for is refused', async () => {
  expectRun(await comeBack(sign({ verified: false }))).toDeny('We could not confirm that it is you.')
})

describe('the reset ends on an answer', () => {
  const wrong = [
    ['signed by another key', sign({ verified: true }, keys().privateKey), 'invalid signature'],
    ['for another user', sign({ verified: true, sub: 'auth0|eve' }), 'jwt subject invalid'],
    ['from somebody else', sign({ verified: true, iss: 'https://else.example' }), 'jwt issuer invalid'],
    ['to another redirect', sign({ verified: true, state: 's-0' }), 'another redirect'],
    ['that has expired', sign({ verified: true, exp: 1 }), 'jwt expired'],
    ['that is none', '', 'jwt must be provided'],
  ] as const
  for (const [name, answer, message] of wrong) {
    test(name, async () => expectRun(await comeBack(answer)).toFailWith(message))
  }
})
