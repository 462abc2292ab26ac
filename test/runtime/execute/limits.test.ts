/** Every limit there is: what its excess comes to, and that the author and the log are told its name, its value and what was reached. */
import { buildLimits, defaultsOf, type Ending, type RunLimits, type RunReport } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCidr } from '../../../server/src/egress/address-policy.ts'
import { createEgress } from '../../../server/src/egress/egress.ts'
import { createResolveHost } from '../../../server/src/egress/resolve-host.ts'
import { openDependencies, type TestDependencies } from '../../support/dependencies.ts'
import { type HttpTarget, startHttpTarget } from '../../support/http-target.ts'
import { executing, limits, openRuntime, type TestRuntime, textsOf } from '../../support/runtime.ts'

let target: HttpTarget
let runtime: TestRuntime
let packages: TestDependencies
const heavy = Buffer.alloc(2_097_152, ' ')
beforeAll(async () => {
  target = await startHttpTarget(({ url = '' }, response) => {
    if (url !== '/silent') response.end('x'.repeat(5_000))
  })
  const policy = { opened: [parseCidr('127.0.0.1/32')], ownPorts: () => [], resolveHost: createResolveHost() }
  packages = await openDependencies()
  packages.registry.publish({ name: 'heavy', manifest: { dependencies: { light: '*' } }, files: { 'a.js': heavy } })
  packages.registry.publish({ name: 'light' })
  packages.registry.answerWith('/silent', () => {})
  runtime = await openRuntime({ egress: createEgress(policy), dependencies: packages.dependencies })
})
afterAll(async () => {
  await runtime.close()
  await packages.close()
  await target.close()
})

interface Excess {
  value: number
  body: string
  ending: Ending
  /** What is said of it. */
  text: RegExp
}

const asks = (path: string) => `await fetch(event.origin + '${path}')`

/** A limit without a row does not compile. */
const excesses: { [Name in keyof RunLimits]: Excess } = {
  cpuMs: {
    value: 100,
    // In stretches: one that is cut off by the clock may not have had all of its time on a busy machine, and nobody says so.
    body: `for (;;) { for (let n = 0; n < 3e6; n++); await new Promise((done) => setTimeout(done)) }`,
    ending: 'exceeded-cpu',
    text: /more than 100 ms of processor time \(limit "cpuMs", reached: [1-9]\d\d ms\)/,
  },
  wallMs: {
    value: 500,
    body: `await new Promise(() => {})`,
    ending: 'exceeded-wall',
    text: /within 500 ms \(limit "wallMs", reached: [5-9]\d\d ms\)/,
  },
  heapMb: {
    value: 16,
    body: `const kept = []; for (;;) kept.push(new Array(1_000).fill({}))`,
    ending: 'exceeded-heap',
    text: /more than 16 MB of memory \(limit "heapMb"/,
  },
  externalMb: {
    value: 2,
    body: `globalThis.kept = new Uint8Array(4_000_000)`,
    ending: 'exceeded-heap',
    text: /more than 2 MB in ArrayBuffers \(limit "externalMb", reached: 4 MB\)/,
  },
  outputBytes: {
    value: 4_096,
    body: `for (let n = 0; n < 3; n++) api.access.deny('x'.repeat(2_000))`,
    ending: 'exceeded-output',
    text: /at most 4096 bytes as JSON \(limit "outputBytes", reached: 6\d\d\d bytes\)/,
  },
  timers: {
    value: 2,
    body: `for (let n = 0; n < 3; n++) setTimeout(() => {}, 1_000)`,
    ending: 'threw',
    text: /At most 2 timers may be pending \(limit "timers", reached: 3\)/,
  },
  egressRequests: {
    value: 1,
    body: `${asks('/')}; ${asks('/')}`,
    ending: 'threw',
    text: /at most 1 requests \(limit "egressRequests", reached: 2\)/,
  },
  egressBytes: {
    value: 1_024,
    body: asks('/'),
    ending: 'threw',
    text: /more than 1024 bytes \(limit "egressBytes", reached: 5000 bytes\)/,
  },
  egressMs: {
    value: 100,
    body: asks('/silent'),
    ending: 'threw',
    text: /longer than 100 ms \(limit "egressMs", reached: [1-9]\d\d ms\)/,
  },
  // Further requests wait. Only a guest that was broken sends one more than there may be; the host refuses it.
  egressConcurrent: {
    value: 1,
    body: `await Promise.all([${asks('/')}, ${asks('/')}])`,
    ending: 'completed',
    text: /^$/,
  },
  // Further runs wait (test/runtime/process/concurrent-runs.test.ts); those that wait too long are told the limit's name.
  concurrentRuns: { value: 1, body: '', ending: 'completed', text: /^$/ },
  runsPerMinute: {
    value: 1,
    body: '',
    ending: 'throttled',
    text: /started 1 runs within a minute \(limit "runsPerMinute"\)/,
  },
}

const textOf = ({ error, egress, warnings }: RunReport): string =>
  [error?.message, ...egress.map((request) => request.error), ...warnings].filter(Boolean).join('\n')

test.each(Object.entries(excesses))('%s', async (name, { value, body, ending, text }) => {
  const request = { tenant: name, event: { origin: target.origin }, limits: { cpuMs: 10_000, [name]: value } }
  if (name === 'runsPerMinute') await runtime.run(executing(body), request)
  const report = await runtime.run(executing(body), request)
  expect(report.ending).toBe(ending)
  expect(textOf(report)).toMatch(text)
})

test('outputBytes of a console: it is cut, and a warning says where', async () => {
  const body = `console.log('x'.repeat(5_000)); console.log('more')`
  const report = await runtime.run(executing(body), { limits: { outputBytes: 4_096 } })
  expect(report).toMatchObject({ ending: 'completed', console: [{ text: 'x'.repeat(4_096) }] })
  expect(textOf(report)).toBe('The console was cut after 4096 bytes or 10000 lines (limit "outputBytes").')
})

const doubling = `enum A { b0 = 'aaaaaaaaaaaaaaaa', ${Array.from({ length: 34 }, (_, n) => `b${n + 1} = b${n} + b${n}`).join(', ')} }`

/** A limit without a row does not compile. */
const buildExcesses: { [Name in keyof typeof buildLimits]: { value: number; source: string; text: RegExp } } = {
  sourceBytes: {
    value: 1_024,
    source: `//${'x'.repeat(2_000)}`,
    text: /more than 1024 bytes \(limit "sourceBytes", reached: 2002 bytes\)/,
  },
  artifactBytes: {
    value: 16_384,
    source: `exports.a = '${'x'.repeat(20_000)}'`,
    text: /larger than 16384 bytes \(limit "artifactBytes", reached: \d{5} bytes\)/,
  },
  buildMs: {
    value: 500,
    source: `let x = ${'a?(b):c=>'.repeat(60)}`,
    text: /longer than 500 ms \(limit "buildMs", reached: \d+ ms\)|processor time than 500 ms \(limit "buildMs"\)/,
  },
  buildMb: { value: 64, source: doubling, text: /more than 64 MB of memory \(limit "buildMb"\)/ },
  dependencies: {
    value: 0,
    source: executing(''),
    text: /more than 0 dependencies \(limit "dependencies", reached: 1\)/,
  },
  packages: { value: 1, source: executing(''), text: /more than 1 packages \(limit "packages"\)/ },
  packageBytes: {
    value: 1_048_576,
    source: executing(''),
    text: /unpack to more than 1048576 bytes \(limit "packageBytes"\)/,
  },
  packagesMs: { value: 1_000, source: executing(''), text: /not fetched within 1000 ms \(limit "packagesMs"\)/ },
}

/** What the rows about packages are met with: two packages, one of them with 2 MB; and one that never comes. */
const dependenciesFor = (name: string) => {
  if (name === 'packagesMs') return [{ name: 'silent', version: '1.0.0' }]
  return /dependencies|package/.test(name) ? [{ name: 'heavy', version: '1.0.0' }] : []
}

test.each(Object.entries(buildExcesses))('%s', async (name, { value, source, text }) => {
  const given = { ...defaultsOf(buildLimits), ...limits, buildMs: 30_000, buildMb: 2_048, [name]: value }
  const built = await runtime.runtime.build({
    ...{ tenant: name, source, limits: given },
    dependencies: dependenciesFor(name),
  })
  expect(built.ok ? 'built' : textsOf(built.errors)).toMatch(text)
})
