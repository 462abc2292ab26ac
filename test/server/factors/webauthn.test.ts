import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Begun, Factor, Subject } from '../../../server/src/factors/factor.ts'
import type { WebauthnType } from '../../../server/src/factors/webauthn-policy.ts'
import { originOf } from '../../../server/src/tenants/tenant.ts'
import { type Authenticator, createAuthenticator } from '../../support/authenticator.ts'
import { createFactorSetting, type EnrollmentFields, type FactorSetting } from './factor-setting.ts'

let setting: FactorSetting
beforeAll(async () => {
  setting = await createFactorSetting()
})
afterAll(() => setting.close())

const origin = () => originOf(setting.tenant)
const factorOf = (type: WebauthnType) => setting.factors.get(type) as Factor

const enrolled = (key: Authenticator, type: WebauthnType, fields: object = {}): EnrollmentFields => ({
  type,
  credentialId: key.credentialId,
  publicKey: key.publicKey,
  counter: 0,
  transports: ['usb'],
  relyingPartyId: 'one.localhost',
  ...fields,
})

interface Asked {
  key: Authenticator
  subject: Subject
  begun: Begun
  options: string
}

const ask = async (type: WebauthnType = 'webauthn-roaming', fields: object = {}): Promise<Asked> => {
  const key = createAuthenticator()
  const subject = await setting.subject([enrolled(key, type, fields)])
  const begun = await factorOf(type).begin(subject, { type })
  return { key, subject, begun, options: String(begun.options) }
}

const verify = ({ subject, begun }: Asked, response: string, type: WebauthnType = 'webauthn-roaming') =>
  factorOf(type).verify(subject, begun, { response })

test('the registered key passes', async () => {
  const asked = await ask()
  const response = asked.key.authenticate({ options: asked.options, origin: origin(), counter: 1 })
  expect(await verify(asked, response)).toBe('passed')
})

test('a key that does not count passes too', async () => {
  const asked = await ask()
  expect(await verify(asked, asked.key.authenticate({ options: asked.options, origin: origin() }))).toBe('passed')
})

test('a response made for another site fails', async () => {
  const asked = await ask()
  for (const elsewhere of ['https://one.localhost:3000', 'http://evil.example', 'http://one.localhost:3001']) {
    const response = asked.key.authenticate({ options: asked.options, origin: elsewhere, counter: 1 })
    expect(await verify(asked, response)).toBe('failed')
  }
})

test('a response made for another relying party fails', async () => {
  const asked = await ask()
  const options = JSON.stringify({ ...JSON.parse(asked.options), rpId: 'evil.example' })
  expect(await verify(asked, asked.key.authenticate({ options, origin: origin(), counter: 1 }))).toBe('failed')
})

test('the response to an earlier question fails', async () => {
  const asked = await ask()
  const response = asked.key.authenticate({ options: asked.options, origin: origin(), counter: 1 })
  const begun = await factorOf('webauthn-roaming').begin(asked.subject, { type: 'webauthn-roaming' })
  expect(await verify({ ...asked, begun }, response)).toBe('failed')
})

test('a counter that does not move forward fails: the key was cloned', async () => {
  const asked = await ask('webauthn-roaming', { counter: 7 })
  for (const counter of [0, 6, 7]) {
    const response = asked.key.authenticate({ options: asked.options, origin: origin(), counter })
    expect(await verify(asked, response)).toBe('failed')
  }
  const response = asked.key.authenticate({ options: asked.options, origin: origin(), counter: 8 })
  expect(await verify(asked, response)).toBe('passed')
})

test('of two responses with the same counter at the same time one passes', async () => {
  const asked = await ask('webauthn-roaming', { counter: 7 })
  const response = asked.key.authenticate({ options: asked.options, origin: origin(), counter: 8 })
  const verdicts = await Promise.all([verify(asked, response), verify(asked, response)])
  expect(verdicts.sort()).toEqual(['failed', 'passed'])
})

test('the key of another user fails', async () => {
  const mine = await ask()
  const theirs = await ask()
  const response = theirs.key.authenticate({ options: mine.options, origin: origin(), counter: 1 })
  expect(await verify(mine, response)).toBe('failed')
})

test('a signature by another key under the registered id fails', async () => {
  const asked = await ask()
  const forged = JSON.parse(
    createAuthenticator().authenticate({ options: asked.options, origin: origin(), counter: 1 }),
  )
  const id = asked.key.credentialId
  expect(await verify(asked, JSON.stringify({ ...forged, id, rawId: id }))).toBe('failed')
})

test.each(['', 'no json', 'null', '[]', '{}', '{"id":"x","response":{}}', '{"id":1}'])(
  'the broken response %s fails',
  async (response) => {
    expect(await verify(await ask(), response)).toBe('failed')
  },
)

describe('only what fits is asked for', () => {
  test('credentials of the other type, or of another domain, are left out', async () => {
    const [roaming, platform, foreign] = [createAuthenticator(), createAuthenticator(), createAuthenticator()]
    const subject = await setting.subject([
      enrolled(roaming, 'webauthn-roaming'),
      enrolled(platform, 'webauthn-platform'),
      enrolled(foreign, 'webauthn-roaming', { relyingPartyId: 'old.example' }),
    ])
    const begun = await factorOf('webauthn-roaming').begin(subject, { type: 'webauthn-roaming' })
    const { allowCredentials } = JSON.parse(String(begun.options))
    expect(allowCredentials.map(({ id }: { id: string }) => id)).toEqual([roaming.credentialId])

    const options = String(begun.options)
    for (const key of [platform, foreign]) {
      const response = key.authenticate({ options, origin: origin(), counter: 1 })
      expect(await verify({ key, subject, begun, options }, response)).toBe('failed')
    }
  })

  test('a user whose keys belong to another domain is not asked at all', async () => {
    const subject = await setting.subject([
      enrolled(createAuthenticator(), 'webauthn-roaming', { relyingPartyId: 'old.example' }),
    ])
    expect(factorOf('webauthn-roaming').isUsable(subject)).toBe(false)
  })
})

describe('the device has to see its owner, a security key has not', () => {
  test.each([
    ['webauthn-platform', 'failed'],
    ['webauthn-roaming', 'passed'],
  ] as const)('%s without user verification: %s', async (type, verdict) => {
    const asked = await ask(type)
    const ceremony = { options: asked.options, origin: origin(), counter: 1, userVerified: 'no' } as const
    expect(await verify(asked, asked.key.authenticate(ceremony), type)).toBe(verdict)
  })
})
