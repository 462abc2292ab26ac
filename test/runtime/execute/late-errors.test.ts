/** What goes wrong beside the handler: reported with the run, never lost, and never its end. */
import { buildLimits, defaultsOf } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { executing, limits, openRuntime, type TestRuntime } from '../../support/runtime.ts'
import { runBody } from '../guest/run-guest.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 1 })
})
afterAll(() => runtime.close())

const mayBeMore =
  'More promises may have been rejected than are told: of those in one stretch of code, from one await to the next, only the first is known.'

test('a rejection that nothing handles is a warning with the line it came from', async () => {
  const { ending, warnings } = await runtime.run(
    executing(`
    const check = async () => { throw new RangeError('no such plan') }
    check()
    await null`),
  )
  expect(ending).toBe('completed')
  expect(warnings).toEqual([
    expect.stringContaining(
      'A promise was rejected and nothing handled it: RangeError: no such plan\n    at check (action.js:3',
    ),
    mayBeMore,
  ])
  expect(warnings.join()).not.toMatch(/isolated-vm|file:/)
})

test('TypeScript: the line is the one of the source', async () => {
  const source = `interface Plan { name: string }

export const onExecutePostChallenge = async () => {
  Promise.reject<Plan>(new Error('typed'))
}`
  const { warnings } = await runtime.run(source)
  expect(warnings).toEqual([expect.stringMatching(/Error: typed\n {4}at .*action\.ts:4:24/), mayBeMore])
})

test.each([
  [`Promise.reject('a text')`, 'a text'],
  [`Promise.reject()`, 'undefined'],
  [`Promise.reject({ status: 500 })`, 'a value that is no error'],
])('%s is reported too', async (statement, text) => {
  const { ending, warnings } = await runtime.run(executing(statement))
  expect({ ending, warnings }).toEqual({
    ending: 'completed',
    warnings: [`A promise was rejected and nothing handled it: ${text}`, mayBeMore],
  })
})

test('a rejection that is handled in time is no warning', async () => {
  const { warnings } = await runtime.run(
    executing(`
    const failing = Promise.reject(new Error('handled'))
    await null
    try { await failing } catch {}`),
  )
  expect(warnings).toEqual([])
})

test('each stretch of a run has its warning, and what they say ends with the run', async () => {
  const { ending, warnings } = await runtime.run(
    executing(`
    for (let round = 1; round <= 3; round++) {
      Promise.reject(new Error('round ' + round))
      await new Promise((done) => setTimeout(done, 1))
    }`),
  )
  expect(ending).toBe('completed')
  expect(warnings.slice(0, -1).map((text) => /Error: (.*)/.exec(text)?.[1])).toEqual(['round 1', 'round 2', 'round 3'])
  expect(warnings.at(-1)).toBe(mayBeMore)
})

test('of several in one stretch the first is told, and once that there may have been more', async () => {
  const { ending, warnings } = await runtime.run(
    executing(`
    for (const name of ['first', 'second', 'third']) Promise.reject(new Error(name))
    await new Promise((done) => setTimeout(done, 1))
    const check = async (name) => { await null; throw new Error(name) }
    check('fourth'); check('fifth')`),
  )
  expect(ending).toBe('completed')
  expect(warnings).toEqual([
    expect.stringContaining('Error: first'),
    expect.stringContaining('Error: fourth'),
    mayBeMore,
  ])
})

test('one that is handled within its stretch hides none behind it', async () => {
  const { warnings } = await runtime.run(
    executing(`
    const handled = Promise.reject(new Error('handled'))
    Promise.reject(new Error('not handled'))
    await null
    try { await handled } catch {}`),
  )
  expect(warnings).toEqual([expect.stringContaining('Error: not handled'), mayBeMore])
})

// In an isolate of this process: a supervisor may take the whole process away before the run can be cut off.
test('a run that is cut off tells what it had printed and what was rejected', async () => {
  const body = `console.log('printed'); Promise.reject(new Error('before the loop')); for (;;);`
  const { ending, warnings, console } = await runBody(body, { limits: { ...limits, cpuMs: 100 } })
  expect(ending).toBe('exceeded-cpu')
  expect(console).toEqual([{ level: 'log', text: 'printed' }])
  expect(warnings).toEqual([expect.stringContaining('Error: before the loop'), mayBeMore])
})

test('a reason whose getters reject more does not end the run', async () => {
  const { ending, warnings, console } = await runtime.run(
    executing(`
    Promise.reject({ get message() { Promise.reject(new Error('by the getter')); return 'the reason' } })
    await new Promise((done) => setTimeout(done, 1))
    console.log('went on')`),
  )
  expect({ ending, console }).toEqual({ ending: 'completed', console: [{ level: 'log', text: 'went on' }] })
  expect(warnings).toEqual([
    expect.stringContaining('the reason'),
    expect.stringContaining('Error: by the getter'),
    mayBeMore,
  ])
})

test('a reason whose getters reject without end ends its run, and no other', async () => {
  const endless = `const again = () => Promise.reject({ get message() { again(); return 'again' } })`
  const { ending } = await runtime.run(
    executing(`${endless}
again()`),
  )
  expect(['refused', 'crashed']).toContain(ending)
  expect((await runtime.run(executing(''))).ending).toBe('completed')
})

test('of errors after the handler has settled, those beyond the sixteenth are counted', async () => {
  const { ending, warnings } = await runtime.run(
    executing(`
    const late = () => { throw new Error('late') }
    const after = async () => { for (let n = 0; n < 5; n++) await null; for (let n = 0; n < 40; n++) queueMicrotask(late) }
    after()`),
  )
  expect(ending).toBe('completed')
  expect(warnings).toHaveLength(17)
  expect(warnings.at(-1)).toBe('24 more such warnings were left out.')
})

test('a flood of rejections is cut off and the run completes', async () => {
  const { ending, warnings } = await runtime.run(
    executing(`
    for (let round = 0; round < 60; round++) {
      Promise.reject(new Error('x'.repeat(5_000)))
      await new Promise((done) => setTimeout(done, 0))
    }`),
  )
  expect(ending).toBe('completed')
  expect(warnings).toHaveLength(18)
  expect(warnings.slice(-2)).toEqual(['44 more such warnings were left out.', mayBeMore])
  expect(Math.max(...warnings.map(({ length }) => length))).toBeLessThanOrEqual(2_048)
})

test('what is thrown after the handler has settled is a warning', async () => {
  const { ending, warnings } = await runtime.run(
    executing(`
    const late = () => { throw new Error('too late') }
    Promise.resolve().then(() => null).then(() => null).then(() => queueMicrotask(late))`),
  )
  expect(ending).toBe('completed')
  expect(warnings).toEqual([
    expect.stringMatching(/^Thrown after the handler had settled: Error: too late\n {4}at late .*:3:/),
  ])
})

test('beside an error of the handler both are told', async () => {
  const { ending, error, warnings } = await runtime.run(
    executing(`Promise.reject(new Error('unseen')); throw new Error('seen')`),
  )
  expect({ ending, message: error?.message }).toEqual({ ending: 'threw', message: 'seen' })
  expect(warnings).toEqual([expect.stringContaining('Error: unseen'), mayBeMore])
})

test('a timer whose callback throws ends the run, as an uncaught exception does in Node', async () => {
  const { ending, error } = await runtime.run(
    executing(`
    setTimeout(() => { throw new Error('in a timer') }, 1)
    await new Promise((done) => setTimeout(done, 1_000))`),
  )
  expect({ ending, message: error?.message }).toEqual({ ending: 'threw', message: 'in a timer' })
})

test('a timer that is pending when the handler settles never fires', async () => {
  const { ending, warnings, console } = await runtime.run(
    executing(`setTimeout(() => { console.log('fired'); throw new Error('never') }, 1)`),
  )
  expect({ ending, warnings, console }).toEqual({ ending: 'completed', warnings: [], console: [] })
})

test('a module that leaves a rejection while it loads is built, and the build says where', async () => {
  const source = `Promise.reject(new Error('at load'))\n${executing('')}`
  const built = await runtime.runtime.build({
    tenant: 'acme',
    source,
    limits: { ...defaultsOf(buildLimits), ...limits },
  })
  expect(built).toMatchObject({
    ok: true,
    warnings: [
      {
        text: 'Loading the module left a rejected promise that nothing handles, the first if there are several: Error: at load',
        line: 1,
        excerpt: `Promise.reject(new Error('at load'))`,
      },
    ],
  })
})

test('an error at load is a warning of the build with its line, column and excerpt', async () => {
  const source = `${executing('')}\nconst config = undefined\nconfig.url.length`
  const built = await runtime.runtime.build({
    tenant: 'acme',
    source,
    limits: { ...defaultsOf(buildLimits), ...limits },
  })
  expect(built.warnings).toEqual([
    {
      file: 'action.js',
      text: `Loading the module failed: TypeError: Cannot read properties of undefined (reading 'url')`,
      line: 6,
      column: 8,
      excerpt: 'config.url.length',
    },
  ])
})

test('a handler that is not async is an error with its line and excerpt', async () => {
  const source = `\n  exports.onExecutePostChallenge = () => {}`
  const built = await runtime.runtime.build({
    tenant: 'acme',
    source,
    limits: { ...defaultsOf(buildLimits), ...limits },
  })
  expect(built).toMatchObject({ ok: false, errors: [{ line: 2, column: 11, excerpt: source.slice(1) }] })
})

test('what an action has asked for is told beside the decision, run by run', async () => {
  const { commands } = await runtime.execute([
    executing(`api.transaction.setResultUrl('https://acme.example/done')`),
    executing(`api.access.deny('no'); api.redirect.sendUserTo('https://acme.example')`),
  ])
  expect(commands).toEqual([
    [{ type: 'transaction.setResultUrl', url: 'https://acme.example/done' }],
    [
      { type: 'access.deny', reason: 'no' },
      { type: 'redirect.sendUserTo', url: 'https://acme.example/' },
    ],
  ])
})
