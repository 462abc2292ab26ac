import test from 'node:test'
import { buildEvent, expectRun, openAction } from '@interlock/runtime/testing'

const action = await openAction(new URL('action.js', import.meta.url))

test('a user with a verified address goes on', async () => {
  expectRun(await action.execute({ event: buildEvent({ user: { email_verified: true } }) })).toProceed()
})

for (const email_verified of [false, undefined]) {
  test(`a user whose address counts as ${email_verified} is refused with the way out`, async () => {
    const run = await action.execute({ event: buildEvent({ user: { email_verified } }) })
    expectRun(run).toDeny('Please verify your email address first, then ask for a new password again.')
  })
}
