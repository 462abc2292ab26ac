/** Where packages come to lie, and what is found there. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from '@interlock/runtime'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDependencies, type TestDependencies } from '../../support/dependencies.ts'
import { integrityOf } from '../../support/registry.ts'

let it: TestDependencies
const installed: Installation[] = []
beforeEach(async () => {
  it = await openDependencies()
})
afterEach(async () => {
  await Promise.all(installed.splice(0).map((installation) => installation.remove()))
  await it.close()
})

const install = async (...wanted: string[]): Promise<Installation> => {
  const dependencies = wanted.map((text) => ({
    name: text.split('@')[0] ?? '',
    version: text.split('@')[1] ?? '1.0.0',
  }))
  const installation = await it.dependencies.install(dependencies, it.limits)
  installed.push(installation)
  return installation
}

const layOut = ({ packages }: Installation): Record<string, string> =>
  Object.fromEntries(packages.map(({ path, name, version }) => [path, `${name}@${version}`]))

test('what others depend on lies as high as it can', async () => {
  it.registry.publish({ name: 'top', manifest: { dependencies: { deep: '^1.0.0', other: '1.0.0' } } })
  it.registry.publish({ name: 'other', manifest: { dependencies: { deep: '^2.0.0' } } })
  it.registry.publish({ name: 'deep', version: '1.2.0' })
  it.registry.publish({ name: 'deep', version: '2.3.0' })
  expect(layOut(await install('top'))).toEqual({
    'node_modules/top': 'top@1.0.0',
    'node_modules/other': 'other@1.0.0',
    'node_modules/deep': 'deep@1.2.0',
    'node_modules/other/node_modules/deep': 'deep@2.3.0',
  })
})

test('nobody loses what he has found to somebody who wants another version', async () => {
  // `host` has found the root's x 1; what lies under it wants x 2, and may not get it between the two.
  it.registry.publish({ name: 'x', version: '1.0.0' })
  it.registry.publish({ name: 'x', version: '2.0.0' })
  it.registry.publish({ name: 'part', version: '1.0.0' })
  it.registry.publish({ name: 'part', version: '2.0.0', manifest: { dependencies: { x: '2.0.0' } } })
  it.registry.publish({ name: 'host', manifest: { dependencies: { x: '1.0.0', part: '2.0.0' } } })
  expect(layOut(await install('x@1.0.0', 'part@1.0.0', 'host'))).toEqual({
    'node_modules/x': 'x@1.0.0',
    'node_modules/part': 'part@1.0.0',
    'node_modules/host': 'host@1.0.0',
    'node_modules/host/node_modules/part': 'part@2.0.0',
    'node_modules/host/node_modules/part/node_modules/x': 'x@2.0.0',
  })
})

test('packages that depend on each other come to an end', async () => {
  it.registry.publish({ name: 'hen', manifest: { dependencies: { egg: '*' } } })
  it.registry.publish({ name: 'egg', manifest: { dependencies: { hen: '*' } } })
  expect(Object.values(layOut(await install('hen'))).toSorted()).toEqual(['egg@1.0.0', 'hen@1.0.0'])
})

test('a name of a package’s own choice leads to the other package', async () => {
  it.registry.publish({ name: 'user', manifest: { dependencies: { 'real-cjs': 'npm:real@^1.0.0' } } })
  it.registry.publish({ name: 'real' })
  expect(layOut(await install('user'))).toMatchObject({ 'node_modules/real-cjs': 'real@1.0.0' })
})

test('a peer is brought along, unless it is optional or cannot be had', async () => {
  const peerDependencies = { wanted: '^1.0.0', maybe: '^1.0.0', gone: '^1.0.0' }
  const peerDependenciesMeta = { maybe: { optional: true } }
  it.registry.publish({ name: 'plugin', manifest: { peerDependencies, peerDependenciesMeta } })
  it.registry.publish({ name: 'wanted' })
  it.registry.publish({ name: 'maybe' })
  expect(Object.keys(layOut(await install('plugin')))).toEqual(['node_modules/plugin', 'node_modules/wanted'])
})

test('what is optional is left out when it is not there, native, or for one system only', async () => {
  const optionalDependencies = { absent: '1.0.0', native: '1.0.0', darwin: '1.0.0', fine: '1.0.0' }
  it.registry.publish({ name: 'top', manifest: { optionalDependencies } })
  it.registry.publish({ name: 'native', files: { 'index.js': '', 'binding.gyp': '{}' } })
  it.registry.publish({ name: 'darwin', manifest: { os: ['darwin'] } })
  it.registry.publish({ name: 'fine' })
  const installation = await install('top')
  expect(Object.keys(layOut(installation))).toEqual(['node_modules/top', 'node_modules/fine'])
  expect(existsSync(join(installation.folder, 'node_modules/native'))).toBe(false)
})

test('the folder holds what Node could load, and nothing that could run by itself', async () => {
  it.registry.publish({
    name: 'full',
    manifest: { scripts: { postinstall: 'touch executed' }, license: 'MIT' },
    files: {
      'index.js': 'module.exports = 1',
      'lib/a.cjs': '',
      'types.d.ts': '',
      'run.sh': '',
      'node_modules/brought/index.js': '',
    },
  })
  const installation = await install('full')
  expect(readdirSync(installation.folder, { recursive: true }).toSorted()).toEqual(
    [
      'node_modules',
      'node_modules/full',
      'node_modules/full/index.js',
      'node_modules/full/lib',
      'node_modules/full/lib/a.cjs',
      'node_modules/full/package.json',
      'package.json',
    ].toSorted(),
  )
  expect(installation.packages[0]).toMatchObject({ license: 'MIT', integrity: expect.stringMatching(/^sha512-.{88}$/) })
  await installation.remove()
  expect(existsSync(installation.folder)).toBe(false)
})

test('a path as npm has packed it, with a dot in the middle, is the plain one; of two the later counts', async () => {
  const entries = ['one', 'two'].map((content) => ({ path: 'package/./lib/index.js', content }))
  it.registry.publish({ name: 'dotted', files: { 'lib/index.js': 'zero' }, entries })
  const { folder, files } = await install('dotted')
  expect(readFileSync(join(folder, 'node_modules/dotted/lib/index.js'), 'utf8')).toBe('two')
  expect(files).toContain('node_modules/dotted/lib/index.js')
})

test('a tarball is fetched once and then taken from the cache; one that was tampered with is fetched again', async () => {
  it.registry.publish({ name: 'kept', files: { 'index.js': 'module.exports = "true"' } })
  const asksForTarball = () => it.registry.asked.filter((path) => path.endsWith('.tgz')).length
  await install('kept')
  await install('kept')
  expect(asksForTarball()).toBe(1)
  const [name = ''] = readdirSync(join(it.folder, 'tarballs'))
  writeFileSync(join(it.folder, 'tarballs', name), 'something else')
  const { folder } = await install('kept')
  expect(readFileSync(join(folder, 'node_modules/kept/index.js'), 'utf8')).toBe('module.exports = "true"')
  expect(asksForTarball()).toBe(2)
})

test('the cache keeps what was used last when it is full', async () => {
  await it.close()
  it = await openDependencies({ cacheBytes: 10_000 })
  const noise = (seed: number) =>
    Array.from({ length: 1_400 }, (_, index) =>
      integrityOf(Buffer.of(seed, index >> 8, index & 255)).slice(7, 11),
    ).join('')
  for (const [seed, name] of ['first', 'second', 'third'].entries())
    it.registry.publish({ name, files: { 'index.js': `"${noise(seed)}"` } })
  await install('first')
  await install('second')
  for (const name of readdirSync(join(it.folder, 'tarballs'))) utimesSync(join(it.folder, 'tarballs', name), 1, 1)
  await install('first')
  await install('third')
  expect(readdirSync(join(it.folder, 'tarballs'))).toHaveLength(2)
  const before = it.registry.asked.length
  await install('first')
  expect(it.registry.asked.slice(before).filter((path) => path.endsWith('.tgz'))).toEqual([])
})

test('two that install the same at once do not meet', async () => {
  it.registry.publish({ name: 'same', files: { 'index.js': '' } })
  const both = await Promise.all([install('same'), install('same')])
  expect(new Set(both.map(({ folder }) => folder)).size).toBe(2)
  rmSync(join(it.folder, 'tarballs'), { recursive: true })
  expect(both.map(({ files }) => [...files].toSorted())[0]).toEqual([
    'node_modules/same/index.js',
    'node_modules/same/package.json',
  ])
})

test('what a killed process has left behind goes with the next build, and nothing that is in use', async () => {
  it.registry.publish({ name: 'any' })
  const inUse = await install('any')
  const abandoned = join(it.folder, 'builds/build-abandoned')
  mkdirSync(join(abandoned, 'node_modules'), { recursive: true })
  utimesSync(abandoned, 1, 1)
  await install('any')
  expect(existsSync(abandoned)).toBe(false)
  expect(existsSync(inUse.folder)).toBe(true)
})

test('of some packages the build without Node’s modules is taken', async () => {
  it.registry.publish({
    name: 'nanoid',
    manifest: {
      main: './index.cjs',
      browser: { './index.cjs': './index.browser.cjs' },
      exports: {
        '.': { browser: './b.js', node: './n.js', default: './d.js' },
        './non-secure': { node: './n.js', default: './d.js' },
      },
    },
  })
  const { folder } = await install('nanoid')
  expect(JSON.parse(readFileSync(join(folder, 'node_modules/nanoid/package.json'), 'utf8'))).toMatchObject({
    main: './index.browser.cjs',
    exports: { '.': './b.js', './non-secure': { default: './d.js' } },
  })
})
