/** Actions with packages: built from a registry, run in a real isolate. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildResult, buildLimits, defaultsOf, type RunReport, type Runtime } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { detectConfinement } from '../../../runtime/src/process/confinement.ts'
import { openDependencies, type TestDependencies } from '../../support/dependencies.ts'
import type { PublishedPackage } from '../../support/registry.ts'
import { atStart, event, executing, limits, linesOf, openRuntime, textsOf } from '../../support/runtime.ts'

let it: TestDependencies
let runtime: Runtime
beforeAll(async () => {
  it = await openDependencies()
  const opened = await openRuntime({ dependencies: it.dependencies })
  runtime = opened.runtime
})
afterAll(async () => {
  await runtime.close()
  await it.close()
})

const build = (source: string, names: readonly string[], given = {}): Promise<BuildResult> => {
  const dependencies = names.map((name) => ({ name, version: 'latest' }))
  const allowed = { ...defaultsOf(buildLimits), ...limits, ...given }
  return runtime.build({ tenant: 'acme', source, dependencies, limits: allowed })
}

const run = async (source: string, names: readonly string[]): Promise<RunReport & { denied?: string }> => {
  const built = await build(source, names)
  if (!built.ok) throw new Error(textsOf(built.errors))
  const actions = [{ name: 'a', artifact: built.artifact, secrets: {} }]
  const { runs, decision } = await runtime.execute({
    tenant: 'acme',
    actions,
    event,
    cache: {},
    limits,
    position: atStart,
  })
  const [report] = runs
  if (!report) throw new Error('nothing ran')
  return { ...report, ...(decision.type === 'deny' && { denied: decision.reason }) }
}

/** What the handler denies with. */
const answer = async (source: string, names: readonly string[]): Promise<string | undefined> => {
  const { denied, error } = await run(source, names)
  return denied ?? error?.message
}

const denying = (expression: string, before = ''): string =>
  `${before}\n${executing(`api.access.deny(String(${expression}))`)}`

const publish = (name: string, index: string, more: Partial<PublishedPackage> = {}): string => {
  it.registry.publish({ name, ...more, files: { 'index.js': index, ...more.files } })
  return name
}

test.each([
  ['lodash', denying(`require('lodash').camelCase('well done')`), 'wellDone'],
  ['lodash', denying(`require('lodash/fp').map((n) => n + 1, [1, 2])`), '2,3'],
  [
    'dayjs',
    denying(
      `dayjs.utc(0).format('YYYY-MM-DD')`,
      `const dayjs = require('dayjs'); dayjs.extend(require('dayjs/plugin/utc'))`,
    ),
    '1970-01-01',
  ],
  [
    'dayjs',
    `import dayjs from 'dayjs'\nexport const onExecutePostChallenge = async (event, api) => { api.access.deny(dayjs('2020-02-03').format('D.M.YY')) }`,
    '3.2.20',
  ],
  ['zod', denying(`require('zod').z.string().safeParse(1).success`), 'false'],
  [
    'zod',
    `import { z } from 'zod'\nexport const onExecutePostChallenge = async (event, api) => { const name: string = z.string().parse('typed'); api.access.deny(name) }`,
    'typed',
  ],
])('%s works', async (name, source, expected) => {
  it.registry.publishInstalled(name)
  expect(await answer(source, [name])).toBe(expected)
})

test('a module is loaded when it is asked for first, and once', async () => {
  const name = publish(
    'counts',
    'globalThis.loads = (globalThis.loads ?? 0) + 1; module.exports = { loads: () => globalThis.loads }',
  )
  expect(
    await answer(denying(`[globalThis.loads, require('counts').loads(), require('counts').loads()]`), [name]),
  ).toBe(',1,1')
})

test('an import gets what a package exports to ES modules, a require what it exports to CommonJS', async () => {
  const exports = { '.': { import: './index.mjs', require: './index.js' } }
  const files = { 'index.mjs': `export default 'default'; export const named = 'named'` }
  const name = publish('dual', `exports.named = 'required'`, { manifest: { exports }, files })
  expect(await answer(denying(`[require('dual').named, require('dual').default]`), [name])).toBe('required,')
  const importing = (line: string, expression: string) =>
    `${line}\nexport const onExecutePostChallenge = async (event, api) => { api.access.deny(String(${expression})) }`
  expect(await answer(importing(`import fallback, { named } from 'dual'`, '[fallback, named]'), [name])).toBe(
    'default,named',
  )
  expect(await answer(importing(`import * as all from 'dual'`, 'Object.keys(all).sort()'), [name])).toBe(
    'default,named',
  )
  expect(await answer(denying(`(await import('dual')).default`), [name])).toBe('default')
})

test('a CommonJS package is its own default export', async () => {
  const name = publish('plain', `module.exports = Object.assign(() => 'called', { extra: 'extra' })`)
  const source = `import plain, { extra } from 'plain'\nexport const onExecutePostChallenge = async (event, api) => { api.access.deny(plain() + extra) }`
  expect(await answer(source, [name])).toBe('calledextra')
})

test('a module that is not there fails when it is asked for, and the build warns', async () => {
  const index = `let found = 'no'; try { require('not-here') } catch (error) { found = error.code }; exports.found = found; exports.ask = () => require('nor-here')`
  const name = publish('wishful', index)
  const source = denying(
    `[require('wishful').found, (() => { try { require('wishful').ask() } catch (error) { return error.code } })()]`,
  )
  expect(await answer(source, [name])).toBe('MODULE_NOT_FOUND,MODULE_NOT_FOUND')
  const { warnings } = await build(source, [name])
  expect(textsOf(warnings)).toMatch(/There is no module 'not-here', which wishful@1\.0\.0 may ask for/)
  expect(textsOf(warnings)).toMatch(/There is no module 'nor-here', which wishful@1\.0\.0 may ask for/)
})

test('an action that asks for what it has not declared is warned with the line', async () => {
  const { ok, warnings } = await build(`// first\nconst a = 1, lodash = require('lodash')\n${executing('')}`, [])
  expect(ok).toBe(true)
  expect(warnings[0]).toEqual({
    file: 'action.js',
    text: `There is no module 'lodash' among the dependencies: require fails with MODULE_NOT_FOUND when it runs.`,
    line: 2,
    column: 23,
    excerpt: `const a = 1, lodash = require('lodash')`,
  })
  expect((await build(denying(`require('crypto')`), [])).warnings).toEqual([])
})

test('packages that are declared only because of their types vanish', async () => {
  it.registry.publish({ name: '@auth0/actions', manifest: { types: 'index.d.ts' } })
  const source = `import type { Event, PostChallengeAPI } from '@auth0/actions/password-reset-post-challenge/v1'
import { Unused } from './types/not-there'
export const onExecutePostChallenge = async (event: Event, api: PostChallengeAPI) => { api.access.deny('fine') }`
  expect(await answer(source, ['@auth0/actions'])).toBe('fine')
  const { warnings } = await build(source, [])
  expect(warnings).toEqual([])
})

test('an error of a package shows the author’s own line', async () => {
  const name = publish('throws', `module.exports = (why) => {\n\n\n  throw new RangeError(why) }`)
  const source = `const throws = require('throws')\n\n${executing(`throws('too far')`)}`
  const { error, ...report } = await run(source, [name])
  expect(error).toMatchObject({ name: 'RangeError', message: 'too far' })
  expect(linesOf({ error, ...report } as RunReport)).toEqual(['4'])
  expect(error?.stack).not.toMatch(/node_modules|packages\.js/)
})

test('strict code stays strict, sloppy code sloppy, and neither sees what holds them together', async () => {
  const name = publish('any', '')
  const names = `[typeof own, typeof offered, typeof exports, typeof __filename, typeof arguments]`
  expect(await answer(`const found = ${names}\n${denying('found')}`, [name])).toBe(
    'undefined,undefined,object,undefined,object',
  )
  expect(await answer(denying('(function () { return this === undefined })()', `'use strict'`), [name])).toBe('true')
  expect(await answer(denying('(function () { return this === globalThis })()'), [name])).toBe('true')
})

test('a package with large state is prepared as a snapshot', async () => {
  const table = `const table = []; for (let n = 0; n < 200_000; n++) table.push({ n, square: n * n }); exports.at = (n) => table[n].square`
  const name = publish('tables', table)
  const source = denying(`tables.at(199)`, `const tables = require('tables')`)
  expect(await build(source, [name])).toMatchObject({ ok: true, snapshot: 'made', artifact: { dear: true } })
  expect(await answer(source, [name])).toBe('39601')
})

test('the bill of materials has what is in the bundle, and nothing else', async () => {
  it.registry.publish({
    name: 'inner',
    version: '2.1.0',
    manifest: { license: 'ISC' },
    files: { 'index.js': 'module.exports = 2' },
  })
  it.registry.publish({ name: 'unused', files: { 'index.js': '' } })
  const manifest = { dependencies: { inner: '^2.0.0', unused: '*' }, license: { type: 'MIT', url: 'x' } }
  const name = publish('outer', `module.exports = require('inner')`, { manifest })
  const built = await build(denying(`require('outer')`), [name])
  if (!built.ok) throw new Error(textsOf(built.errors))
  expect(built.packages).toEqual([
    { name: 'inner', version: '2.1.0', integrity: expect.stringMatching(/^sha512-/), license: 'ISC' },
    { name: 'outer', version: '1.0.0', integrity: expect.stringMatching(/^sha512-/), license: 'MIT' },
  ])
})

test('what cannot be had or bundled is an error of the build that names the package', async () => {
  const errorsOf = async (name: string, given = {}) => {
    const built = await build(denying(`require('${name}')`), [name], given)
    return built.ok ? 'built' : textsOf(built.errors)
  }
  expect(await errorsOf('nobody-has-it')).toBe(`The registry has no package 'nobody-has-it'.`)
  publish('native', '', { files: { 'binding.gyp': '{}' } })
  expect(await errorsOf('native')).toBe('native@1.0.0 is a native module: only JavaScript runs here.')
  publish('broken', 'let let = 1 }')
  expect(await errorsOf('broken')).toMatch(/^broken@1\.0\.0 cannot be bundled: .+ \(index\.js:1\)$/)
  publish('awaits', 'export const x = await 1', { manifest: { type: 'module' } })
  expect(await errorsOf('awaits')).toMatch(/^awaits@1\.0\.0 cannot be bundled: Top-level await/)
  publish('huge', `module.exports = ${JSON.stringify('x'.repeat(100_000))}`)
  expect(await errorsOf('huge', { artifactBytes: 65_536 })).toMatch(/larger than 65536 bytes \(limit "artifactBytes"/)
  publish('giant', `module.exports = ${JSON.stringify('x'.repeat(12_000_000))}`)
  expect(await errorsOf('giant', { artifactBytes: 65_536 })).toMatch(/larger than 65536 bytes \(limit "artifactBytes"/)
  expect(readdirSync(join(it.folder, 'builds'))).toEqual([])
})

test('a source that does not compile costs no look at the registry', async () => {
  const before = it.registry.asked.length
  expect(await build('exports.x = (', ['lodash'])).toMatchObject({ ok: false })
  expect(it.registry.asked.length).toBe(before)
})

test('a runtime without a registry refuses dependencies and builds the rest', async () => {
  const bare = await openRuntime()
  try {
    const given = { ...defaultsOf(buildLimits), ...limits }
    const dependencies = [{ name: 'lodash', version: '4.17.21' }]
    const refused = await bare.runtime.build({ tenant: 'acme', source: executing(''), dependencies, limits: given })
    expect(refused.ok ? '' : textsOf(refused.errors)).toBe('This runtime has no package registry.')
    expect(await bare.runtime.build({ tenant: 'acme', source: executing(''), limits: given })).toMatchObject({
      ok: true,
    })
  } finally {
    await bare.close()
  }
})

/** Is the folder all that the compiler sees here? Where the system forbids that, unenclosed.test.ts has what holds. */
const isEnclosed = async (): Promise<boolean> =>
  (await detectConfinement()).layers.some(({ name, active }) => name === 'package-folder' && active)

test('every way out of the packages’ folder leads nowhere', async () => {
  const ways = [
    `require('../../../../../../../../../../etc/hostname.json')`,
    `require('/proc/self/environ.json')`,
    `require('../../package.json').name`,
    `require('../../../tarballs')`,
    `require('../../bundled/meta.json')`,
    `require('isolated-vm')`,
    `require('esbuild')`,
    `require('file:///etc/passwd')`,
  ]
  const tried = ways.map((way) => `() => ${way}`).join(',\n')
  const name = publish('escapee', `exports.ways = [${tried}]`)
  const source = denying(
    `require('escapee').ways.map((way) => { try { return JSON.stringify(way()) ?? 'nothing' } catch (error) { return error.code } })`,
  )
  const found = (await answer(source, [name]))?.split(',')
  expect(found?.filter((text) => text !== 'MODULE_NOT_FOUND')).toEqual([])
  expect(found).toHaveLength(ways.length)
})

test('a file of the host is not even there for the compiler', async () => {
  // Seen, this file would be refused for its form.
  const name = publish('reader', `exports.read = () => require('../../../../../../../../../../etc/passwd')`)
  const source = denying(`(() => { try { require('reader').read() } catch (error) { return error.code } })()`)
  const found = await answer(source, [name]).catch((error: Error) => error.message)
  expect(found).toBe((await isEnclosed()) ? 'MODULE_NOT_FOUND' : 'A package cannot be bundled.')
})

test.each([
  ['main', { main: '../../../../../../../etc/hostname.json' }],
  ['main, absolute', { main: '/etc/hostname.json' }],
  ['exports', { exports: '../../../../../../etc/passwd' }],
  ['exports with a pattern', { exports: { './*': '../../../../../../etc/*' } }],
  ['imports', { imports: { '#out': '../../../../../etc/passwd' }, main: './uses-import.js' }],
  ['browser', { browser: { './index.js': '../../../../../etc/passwd' }, main: './gone.js' }],
])('a package.json whose %s leads out', async (_, manifest) => {
  const files = { 'uses-import.js': `module.exports = require('#out')` }
  it.registry.publish({ name: 'led-out', version: `1.0.${Date.now()}`, manifest, files })
  const text = await answer(
    denying(
      `(() => { try { return JSON.stringify(require('led-out/passwd')) } catch {} try { return JSON.stringify(require('led-out')) } catch (error) { return error.code } })()`,
    ),
    ['led-out'],
  )
  expect(text).toBe('MODULE_NOT_FOUND')
})

test('files by a pattern, by a loader or by a source map are those of the package', async () => {
  const index = `
    import text from '/etc/passwd' with { type: 'text' }
    import bytes from '../../../../../../etc/passwd' with { type: 'bytes' }
    export const load = (name) => require('../../../../../../etc/' + name + '.json')
    export { text, bytes }
    //# sourceMappingURL=/etc/passwd`
  const name = publish('loaders', index, { manifest: { type: 'module' } })
  const built = await build(denying(`Object.keys(require('loaders'))`), [name])
  const text = built.ok ? built.artifact.code + built.artifact.sourceMap : textsOf(built.errors)
  expect(text).not.toMatch(/root:|daemon/)
  expect(existsSync('/etc/passwd')).toBe(true)
})
