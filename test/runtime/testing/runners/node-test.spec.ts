import test from 'node:test'
import { expectRun, openAction } from '@interlock/runtime/testing'

test('who is at risk is refused', async () => {
  const action = await openAction(new URL('../actions/plan-check.ts', import.meta.url))
  const score = Number(process.env.SCORE)
  const run = await action.execute({ fetch: { 'https://risk.example.com/score': { json: { score } } } })
  expectRun(run).toDeny('Too risky.')
})
