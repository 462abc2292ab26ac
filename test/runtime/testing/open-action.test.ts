import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BuildError, buildEvent, closeRuntime, openAction, openPipeline } from '@interlock/runtime/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'interlock-action-'))
})
afterAll(async () => {
  await closeRuntime()
  rmSync(folder, { recursive: true })
})

const write = (name: string, source: string): string => {
  const file = join(folder, name)
  writeFileSync(file, source)
  return file
}

const failureOf = async (promise: Promise<unknown>): Promise<Error> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(thrown instanceof Error)) throw new Error('nothing failed')
  return thrown
}

describe('openAction', () => {
  test.each([
    ['commonjs.js', `exports.onExecutePostChallenge = async (event, api) => api.access.deny(event.user.email)`],
    [
      'commonjs.cjs',
      `module.exports = { onExecutePostChallenge: async (event, api) => api.access.deny(event.user.email) }`,
    ],
    ['module.mjs', `export const onExecutePostChallenge = async (event, api) => api.access.deny(event.user.email)`],
    ['module.js', `export async function onExecutePostChallenge(event, api) { api.access.deny(event.user.email) }`],
    [
      'typed.ts',
      `export const onExecutePostChallenge = async (event: any, api: any): Promise<void> => api.access.deny(event.user.email)`,
    ],
    [
      'typed.mts',
      `type E = any\nexport const onExecutePostChallenge = async (event: E, api: E) => api.access.deny(event.user.email)`,
    ],
    ['typed.cts', `exports.onExecutePostChallenge = async (event: any, api: any) => api.access.deny(event.user.email)`],
  ])('%s runs', async (name, source) => {
    const action = await openAction(write(name, source))
    const { outcome, decision } = await action.execute()
    expect({ outcome, decision }).toEqual({
      outcome: 'completed',
      decision: { type: 'deny', reason: 'ada@example.com', action: 0 },
    })
  })

  test('a file URL is a file too', async () => {
    const file = write('by-url.js', `exports.onExecutePostChallenge = async () => {}`)
    expect((await (await openAction(pathToFileURL(file))).execute()).decision).toEqual({ type: 'proceed' })
  })

  test('a file that is not there is named with its whole path', async () => {
    expect((await failureOf(openAction('no/such/action.js'))).message).toContain(
      join(process.cwd(), 'no/such/action.js'),
    )
  })

  test('what does not build is told with file, line, column and the line itself', async () => {
    const file = write('broken.ts', `const plan: string = 'gold'\nconst a b\n`)
    const error = await failureOf(openAction(file))
    expect(error).toBeInstanceOf(BuildError)
    expect(error.message).toBe(
      [
        `${file}:2:9: Expected ";" but found "b"`, //
        `    2 | const a b`,
        `      |         ^`,
      ].join('\n'),
    )
  })

  test('an action without its handler does not build', async () => {
    const file = write('empty.js', `exports.onExecutePostLogin = async () => {}`)
    expect((await failureOf(openAction(file))).message).toContain(
      `${file}: The Action does not export an "onExecutePostChallenge" handler.`,
    )
  })

  test('a stack names the file that was opened, and its own lines', async () => {
    const source = `interface Plan { name: string }

const find = (plans: Plan[]): string => plans[0]!.name

export const onExecutePostChallenge = async () => {
  console.log(new Error('shown').stack)
  find([])
}`
    const file = write('verify-plan.ts', source)
    const { outcome, error, console } = await (await openAction(file)).execute()
    expect(outcome).toBe('threw')
    expect(error?.stack).toContain(`at find (${file}:3:51)\n    at onExecutePostChallenge (${file}:7:3)`)
    expect(console[0]?.text).toContain(`${file}:6:15`)
  })

  test('secrets, limits and the cache are what the test says', async () => {
    const source = `exports.onExecutePostChallenge = async (event, api) => {
      console.log(event.secrets.PLAN, api.cache.get('seen')?.value)
      api.cache.set('seen', 'twice')
      api.cache.set('else', 'x')
      await new Promise(() => {})
    }`
    const action = await openAction(write('limits.js', source), { secrets: { PLAN: 'gold' }, limits: { wallMs: 500 } })
    const { outcome, error, console, cache } = await action.execute({ cache: { seen: 'once' } })
    expect(outcome).toBe('exceeded-wall')
    expect(error?.message).toContain('within 500 ms')
    expect(console).toEqual([{ level: 'log', text: 'gold once' }])
    expect(cache.seen?.value).toBe('once')
  })

  test('several actions run in their order, each with its own secrets', async () => {
    const first = write(
      'first.js',
      `exports.onExecutePostChallenge = async (event, api) => {
      api.cache.set('plan', event.secrets.PLAN)
    }`,
    )
    const second = write(
      'second.js',
      `exports.onExecutePostChallenge = async (event, api) => {
      api.access.deny(api.cache.get('plan').value + ' ' + event.secrets.PLAN)
    }`,
    )
    const pipeline = await openPipeline([
      { file: first, secrets: { PLAN: 'gold' } },
      { file: second, secrets: { PLAN: 'silver' } },
    ])
    const { decision, reports, commands } = await pipeline.execute()
    expect(decision).toEqual({ type: 'deny', reason: 'gold silver', action: 1 })
    expect(reports).toHaveLength(2)
    expect(commands.map(({ type }) => type)).toEqual(['cache.set', 'access.deny'])
  })

  test('a run after the runtime was closed opens it again', async () => {
    const action = await openAction(write('again.js', `exports.onExecutePostChallenge = async () => {}`))
    await action.execute()
    await closeRuntime()
    expect((await action.execute()).outcome).toBe('completed')
  })

  test('what an action does to its event reaches no other run', async () => {
    const source = `exports.onExecutePostChallenge = async (event) => { console.log(event.user.name); event.user.name = 'Eve' }`
    const action = await openAction(write('mutates.js', source))
    const event = buildEvent()
    await action.execute({ event })
    const { console } = await action.execute({ event })
    expect(console[0]?.text).toBe('Ada Example')
  })
})

describe('buildEvent', () => {
  test('what is given goes over an everyday event, at any depth', () => {
    const event = buildEvent({ user: { app_metadata: { plan: 'gold' } }, request: { geoip: { countryCode: 'DE' } } })
    expect(event.user).toMatchObject({ user_id: 'auth0|ada', app_metadata: { plan: 'gold' } })
    expect(event.request).toMatchObject({ ip: '203.0.113.9', geoip: { countryCode: 'DE' } })
  })

  test('arrays are replaced whole', () => {
    const event = buildEvent({ authentication: { methods: [] }, user: { enrolledFactors: [{ type: 'otp' }] } })
    expect(event.authentication.methods).toEqual([])
    expect(event.user.enrolledFactors).toEqual([{ type: 'otp' }])
  })

  test('undefined takes a field away', () => {
    const event = buildEvent({ user: { email: undefined } })
    expect('email' in event.user).toBe(false)
    expect('email' in buildEvent().user).toBe(true)
  })

  test('no two events share anything', () => {
    const [one, other] = [buildEvent(), buildEvent()]
    one.user.app_metadata.plan = 'gold'
    expect(other.user.app_metadata).toEqual({})
  })
})
