import test from 'node:test'
import { buildEvent, expectRun, openAction } from '@interlock/runtime/testing'

const action = await openAction(new URL('action.js', import.meta.url))

test('a user is asked for a security key and may use another enrolled factor instead', async () => {
  const event = buildEvent({ user: { enrolledFactors: [{ type: 'webauthn-roaming' }, { type: 'otp' }] } })
  const run = await action.execute({ event })
  expectRun(run).toChallengeWith('webauthn-roaming', { additionalFactors: ['webauthn-roaming', 'otp'] })
})

test('a user without any enrolled factor is still asked: what cannot be met is decided by the flow', async () => {
  const run = await action.execute({ event: buildEvent({ user: { enrolledFactors: [] } }) })
  expectRun(run).toChallengeWith('webauthn-roaming', { additionalFactors: [] })
})
