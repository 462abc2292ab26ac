import test from 'node:test'
import { buildEvent, expectRun, openAction } from '@interlock/runtime/testing'

const action = await openAction(new URL('action.js', import.meta.url))

test('a user goes to the outside page first and is asked for a mail code on return', async () => {
  const run = await action.execute({ event: buildEvent({ user: { enrolledFactors: [{ type: 'otp' }] } }) })
  expectRun(run).toRedirectTo('https://my-app.example.com')
  expectRun(await run.continueWith()).toChallengeWith('email', { additionalFactors: ['otp'] })
})
