import { type ActionRun, type InterlockMatchers, interlockMatchers, openAction } from '@interlock/runtime/testing'

// What jest hands to a test file, as far as it is used here.
declare const test: (name: string, body: () => Promise<void>) => void
declare const expect: { (run: ActionRun): InterlockMatchers; extend(matchers: object): void }

expect.extend(interlockMatchers)

test('who is at risk is refused', async () => {
  const action = await openAction(new URL('../actions/plan-check.ts', import.meta.url))
  const score = Number(process.env.SCORE)
  const run = await action.execute({ fetch: { 'https://risk.example.com/score': { json: { score } } } })
  expect(run).toDeny('Too risky.')
})
