/** What a matcher accepts, what it refuses, and what it says then. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ActionRun,
  closeRuntime,
  expectRun,
  type InterlockMatchers,
  interlockMatchers,
  openAction,
} from '@interlock/runtime/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> extends InterlockMatchers<R> {}
}

expect.extend(interlockMatchers)

const bodies = {
  proceeds: '',
  denies: `console.log('looked at', event.user.email); api.access.deny('Not today.')`,
  challenges: `api.authentication.challengeWith({ type: 'push' }, { additionalFactors: [{ type: 'sms' }, { type: 'otp' }] })`,
  lets: `api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'email' }])`,
  redirects: `api.redirect.sendUserTo('https://a.example/b?c=1&d=2')`,
  renders: `api.prompt.render('form', { fields: { a: 'A' }, vars: { b: 1 } })`,
  throws: `const error = new RangeError('no plan'); error.code = 'E_PLAN'; throw error`,
} as const

let folder: string
const runs = {} as Record<keyof typeof bodies, ActionRun>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-matchers-'))
  for (const [name, body] of Object.entries(bodies)) {
    const file = join(folder, `${name}.js`)
    writeFileSync(file, `exports.onExecutePostChallenge = async (event, api) => { ${body} }`)
    runs[name as keyof typeof bodies] = await (await openAction(file)).execute()
  }
})
afterAll(async () => {
  await closeRuntime()
  rmSync(folder, { recursive: true })
})

describe('a matcher accepts what it names', () => {
  test('in a runner with matchers', () => {
    expect(runs.proceeds).toProceed()
    expect(runs.denies).toDeny()
    expect(runs.denies).toDeny('Not today.')
    expect(runs.denies).toDeny(/today/)
    expect(runs.challenges).toChallengeWith('push')
    expect(runs.challenges).toChallengeWith({ type: 'push-notification' }, { additionalFactors: ['sms', 'otp'] })
    expect(runs.lets).toChallengeWithAny(['otp', { type: 'email' }])
    expect(runs.redirects).toRedirectTo('https://a.example/b')
    expect(runs.redirects).toRedirectTo('https://a.example/b?d=2')
    expect(runs.redirects).toRedirectTo(/c=1/)
    expect(runs.redirects).toRedirectTo(({ searchParams }) => searchParams.get('c') === '1')
    expect(runs.renders).toRender('form')
    expect(runs.renders).toRender('form', { fields: { a: 'A' }, vars: { b: 1 } })
    expect(runs.throws).toFailWith('plan')
    expect(runs.throws).toFailWith({ outcome: 'threw', code: 'E_PLAN', message: /^no plan$/ })
    expect(runs.proceeds).not.toDeny()
  })
})

const refused: [string, (assert: (run: ActionRun) => InterlockMatchers) => void][] = [
  ['another decision', (on) => on(runs.denies).toProceed()],
  ['another reason', (on) => on(runs.denies).toDeny('Never.')],
  ['part of the reason', (on) => on(runs.denies).toDeny('Not')],
  ['another first factor', (on) => on(runs.challenges).toChallengeWith('otp')],
  ['fewer further factors', (on) => on(runs.challenges).toChallengeWith('push', { additionalFactors: ['sms'] })],
  ['another order', (on) => on(runs.lets).toChallengeWithAny(['email', 'otp'])],
  ['another way to open', (on) => on(runs.challenges).toChallengeWithAny(['push', 'sms', 'otp'])],
  ['other options', (on) => on(runs.lets).toChallengeWithAny(['otp', { type: 'email', options: { a: 1 } }])],
  ['another path', (on) => on(runs.redirects).toRedirectTo('https://a.example/')],
  ['another parameter', (on) => on(runs.redirects).toRedirectTo('https://a.example/b?c=2')],
  ['a URL the test refuses', (on) => on(runs.redirects).toRedirectTo(() => false)],
  ['another prompt', (on) => on(runs.renders).toRender('other')],
  ['other fields', (on) => on(runs.renders).toRender('form', { fields: {} })],
  ['another message', (on) => on(runs.throws).toFailWith('no plan at all')],
  ['another outcome', (on) => on(runs.throws).toFailWith({ outcome: 'exceeded-cpu' })],
  ['no failure', (on) => on(runs.proceeds).toFailWith()],
]

describe('a matcher refuses what it does not name', () => {
  test.each(refused)('%s', (_, assertion) => {
    expect(() => assertion((run) => expect(run))).toThrow('The action was expected to ')
    expect(() => assertion(expectRun)).toThrow('The action was expected to ')
  })

  test('and not accepts it', () => {
    for (const [, assertion] of refused) assertion((run) => expectRun(run).not)
  })
})

describe('what it says', () => {
  test('is what the action did instead', () => {
    expect(() => expectRun(runs.denies).toRedirectTo('https://a.example/')).toThrow(
      [
        `The action was expected to redirect to "https://a.example/", but the reset is denied with "Not today."`,
        `  commands`,
        `    api.access.deny({ reason: 'Not today.' })`,
        `  console`,
        `    log   looked at ada@example.com`,
      ].join('\n'),
    )
  })

  test('names the factors that are asked for', () => {
    expect(() => expectRun(runs.lets).toProceed()).toThrow('the user is asked for: otp or email')
  })

  test('holds the stack of an error', () => {
    expect(() => expectRun(runs.throws).toProceed()).toThrow(
      /the reset fails: threw[\s\S]*RangeError: no plan\n +at .*throws\.js:1:/,
    )
  })

  test('is turned round by not', () => {
    expect(() => expectRun(runs.proceeds).not.toProceed()).toThrow('The action was expected not to let the reset go on')
  })

  test('names a promise nobody has awaited', () => {
    const promise = Promise.resolve(runs.proceeds) as unknown as ActionRun
    expect(() => expectRun(promise).toProceed()).toThrow('Await it first.')
  })
})
