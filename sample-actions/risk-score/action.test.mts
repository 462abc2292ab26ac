import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { buildEvent, expectRun, type MockedResponse, openAction } from '@interlock/runtime/testing'

const secrets = { RISK_URL: 'https://risk.example.com/v1/score', RISK_KEY: 'key-1' }
const action = await openAction(new URL('action.ts', import.meta.url), { secrets })

const answering = (answer: MockedResponse) =>
  action.execute({ fetch: { 'POST https://risk.example.com/v1/score': answer } })

test('the service is told who asks from where, and who we are', async () => {
  const event = buildEvent({ request: { ip: '198.51.100.7', geoip: { countryCode: 'DE' } } })
  const { requests } = await action.execute({ event, fetch: { '*': { json: { score: 0 } } } })
  assert.equal(requests[0]?.headers.authorization, 'Bearer key-1')
  assert.deepEqual(JSON.parse(requests[0]?.body ?? ''), { user: 'auth0|ada', ip: '198.51.100.7', country: 'DE' })
})

test('a low score goes on', async () => expectRun(await answering({ json: { score: 29 } })).toProceed())

test('a middle score asks for a second factor', async () => {
  expectRun(await answering({ json: { score: 30 } })).toChallengeWithAny(['otp', 'webauthn-roaming', 'phone'])
})

test('a high score is refused', async () => {
  expectRun(await answering({ json: { score: 80 } })).toDeny('Your password cannot be reset online. Please call us.')
})

describe('the reset ends when the service', () => {
  const failures: [string, MockedResponse, string][] = [
    ['answers with an error', { status: 500 }, 'The risk service answered 500.'],
    ['answers without a score', { json: { score: 'high' } }, 'The risk service answered without a score.'],
    ['answers with something else', { body: '<html>' }, 'is not valid JSON'],
    ['cannot be reached', { error: 'ECONNREFUSED' }, 'fetch failed'],
  ]
  for (const [name, answer, message] of failures) {
    test(name, async () => expectRun(await answering(answer)).toFailWith(message))
  }
})
