import assert from 'node:assert/strict'
import test from 'node:test'
import { buildEvent, expectRun, openAction } from '@interlock/runtime/testing'

const action = await openAction(new URL('action.js', import.meta.url))
const event = buildEvent({ user: { app_metadata: { employee_number: '4711' } } })

const answer = async (number: string, cache: Record<string, string> = {}) =>
  (await action.execute({ event, cache })).continueWith({ fields: { number } })

test('a user is asked for the number', async () => {
  expectRun(await action.execute({ event })).toRender('employee-number')
})

test('the right number goes on, with blanks around it too', async () => {
  expectRun(await answer('4711')).toProceed()
  expectRun(await answer(' 4711 ')).toProceed()
})

for (const wrong of ['4712', '', '04711', '4711.0']) {
  test(`"${wrong}" is refused and counted`, async () => {
    const run = await answer(wrong)
    expectRun(run).toDeny('That is not your employee number.')
    assert.equal(run.cache['tries:auth0|ada']?.value, '1')
    assert.equal(run.console[0]?.level, 'warn')
  })
}

test('three wrong answers are enough, and the next reset has to wait', async () => {
  const third = await answer('1', { 'tries:auth0|ada': '2' })
  const next = await action.execute({ event, cache: third.cache })
  expectRun(next).toDeny('Too many wrong answers. Please try again later.')
})

test('a user without a number is sent to the service desk', async () => {
  expectRun(await action.execute()).toDeny(/service desk/)
})
