/** Versions whose loading is dear are prepared in processes that are thrown away: whatever happens there happens there only. */
import { buildLimits, defaultsOf, type PreparedVersion, type Runtime } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLauncher } from '../../../runtime/src/process/launcher.ts'
import { Preparer } from '../../../runtime/src/process/preparer.ts'
import { event, limits, openRuntime, type TestRuntime } from '../../support/runtime.ts'

let runtime: TestRuntime
const prepared: PreparedVersion[] = []
beforeAll(async () => {
  runtime = await openRuntime({ processes: 2, observer: { versionPrepared: (version) => void prepared.push(version) } })
})
afterAll(() => runtime.close())

const build = (source: string, given: Partial<typeof limits> = {}): ReturnType<Runtime['build']> =>
  runtime.runtime.build({ tenant: 'acme', source, limits: { ...defaultsOf(buildLimits), ...limits, ...given } })

/** Loading it takes some ten milliseconds. */
const dear = 'let sum = 0; for (let n = 0; n < 3e6; n++) sum += n % 7;'
const handler = (body = '') => `exports.onExecutePostChallenge = async (event, api) => { ${body} }`

test('a version that is dear to load is frozen, one that is not is left alone', async () => {
  expect(await build(handler())).toMatchObject({ ok: true, snapshot: 'unneeded' })
  expect(prepared).toEqual([])
  expect(await build(`${dear} ${handler()}`)).toMatchObject({ ok: true, snapshot: 'made' })
  expect(prepared).toMatchObject([{ tenant: 'acme', kind: 'snapshot' }])
  await expect.poll(() => runtime.ended.at(-1)).toMatchObject({ tenant: 'acme', reason: 'thrown-away' })
})

test('an impure loading is named, and done by each run', async () => {
  const source = `${dear} const drawn = Math.random(); ${handler('console.log(drawn)')}`
  expect(await build(source)).toMatchObject({ ok: true, snapshot: { refused: 'Loading it uses Math.random.' } })
  const texts = []
  for (let n = 0; n < 3; n++) texts.push((await runtime.run(source)).console[0]?.text)
  expect(new Set(texts).size).toBe(3)
})

const waits = handler('await new Promise((done) => setTimeout(done, 500))')

/** In a snapshot that is being made, and nowhere else. */
const whileFrozen = `!Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit').enumerable`

test.each([
  ['holds a live Intl object', `const it = new Intl.DateTimeFormat('fr'); ${handler('console.log(it.format(0))')}`],
  ['holds a large buffer', `const it = new ArrayBuffer(3e7); ${handler('console.log(it.byteLength)')}`],
  ['never ends', `if (${whileFrozen}) for (;;); ${handler(`console.log('ran')`)}`],
  [
    'fills the memory',
    `if (${whileFrozen}) { const a = []; for (;;) a.push(new Array(1000).fill(1)) } ${handler(`console.log('ran')`)}`,
  ],
  [
    'is stuck in a builtin',
    `if (${whileFrozen}) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1); ${handler(`console.log('ran')`)}`,
  ],
])('a loading that %s while it is frozen ends nothing but its own process', async (_, source) => {
  const [built, beside] = await Promise.all([build(`${dear} ${source}`, { cpuMs: 1_000 }), runtime.run(waits)])
  expect(beside.ending).toBe('completed')
  expect(built.ok).toBe(true)
  if (!built.ok) return
  const request = {
    tenant: 'acme',
    event,
    position: { action: 0, handler: 'onExecutePostChallenge' },
    cache: {},
  } as const
  const actions = [{ name: 'it', artifact: built.artifact, secrets: {} }]
  const { runs } = await runtime.runtime.execute({ ...request, actions, limits: { ...limits, externalMb: 64 } })
  expect(runs).toMatchObject([{ ending: 'completed', console: [{ level: 'log' }] }])
})

test('a loading that never ends is still the fault of the build, and is not tried again for a snapshot', async () => {
  prepared.length = 0
  const built = await build(`for (;;); ${handler()}`, { cpuMs: 100 })
  expect(built).toMatchObject({
    ok: true,
    snapshot: 'unneeded',
    warnings: [{ text: expect.stringMatching(/^Loading the module failed/) }],
  })
  expect(prepared).toEqual([])
})

test('of a tenant that deploys without end a few versions wait, and no more', async () => {
  const counted = new Set<object>()
  const memory = { add: (one: object) => counted.add(one), remove: (one: object) => counted.delete(one) }
  const preparer = new Preparer({ launcher: await createLauncher('for (;;);'), observer: {}, memory })
  const order = { module: { hash: 'it', code: '', fileName: 'action.js' }, limits }
  const many = Array.from({ length: 100 }, () => preparer.prepare('mallory', order))
  const refused = await Promise.all(many.slice(20))
  expect(new Set(refused)).toEqual(new Set([undefined]))
  // What a preparation takes is taken of what all sandbox processes may.
  expect(counted.size).toBe(1)
  await preparer.close()
  expect(counted.size).toBe(0)
})
