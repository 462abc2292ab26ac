/** Packages that mean harm, and registries that do: each is refused in time and by name, and nothing of the host is touched. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolveTree } from '../../runtime/src/dependencies/resolve-tree.ts'
import { openDependencies, type TestDependencies } from '../support/dependencies.ts'
import { type PublishedPackage, packTarball, type TarballEntry } from '../support/registry.ts'

let it: TestDependencies
beforeAll(async () => {
  it = await openDependencies()
})
afterAll(() => it.close())

let count = 0
const refusalOf = async (published: Omit<PublishedPackage, 'name'>, limits = {}): Promise<unknown> => {
  const name = `hostile-${++count}`
  it.registry.publish({ name, ...published })
  const given = { ...it.limits, ...limits }
  const refusal = await it.dependencies.install([{ name, version: published.version ?? '1.0.0' }], given).then(
    () => 'installed',
    (error: unknown) => error,
  )
  expect(readdirSync(join(it.folder, 'builds')), 'nothing is left behind').toEqual([])
  return refusal
}

const escapes: [string, TarballEntry][] = [
  ['a path upwards', { path: 'package/../../../escaped.js', content: 'x' }],
  ['a path upwards at the front', { path: '../escaped.js', content: 'x' }],
  ['an absolute path', { path: '/tmp/escaped.js', content: 'x' }],
  ['a path with a drive', { path: 'package/c:/escaped.js', content: 'x' }],
  ['a path with backslashes', { path: 'package\\..\\..\\escaped.js', content: 'x' }],
  ['an empty part', { path: 'package//escaped.js', content: 'x' }],
  ['a file beside the package', { path: 'escaped.js', content: 'x' }],
]
test.each(escapes)('%s in a tarball', async (_, entry) => {
  expect(await refusalOf({ entries: [entry] })).toMatchObject({
    code: 'ERR_DEPENDENCY_BROKEN',
    message: expect.stringMatching(/^The tarball of hostile-\d+@1\.0\.0 holds a path that leads out of the package\.$/),
  })
  expect(existsSync('/tmp/escaped.js')).toBe(false)
  expect(existsSync(join(it.folder, 'escaped.js'))).toBe(false)
})

const links: [string, TarballEntry][] = [
  ['SymbolicLink', { path: 'package/out', type: 'SymbolicLink', linkpath: '/etc' }],
  ['Link', { path: 'package/out.js', type: 'Link', linkpath: '/etc/passwd' }],
  ['CharacterDevice', { path: 'package/null.js', type: 'CharacterDevice' }],
  ['FIFO', { path: 'package/fifo.js', type: 'FIFO' }],
]
test.each(links)('a %s entry in a tarball', async (type, entry) => {
  const through = { path: `${entry.path}/passwd.js`, content: 'x' }
  expect(await refusalOf({ entries: [entry, through] })).toMatchObject({
    message: expect.stringContaining(`holds a ${type} entry, and may hold plain files only`),
  })
})

test('a tarball of other bytes than the registry has said', async () => {
  const integrity = `sha512-${'A'.repeat(86)}==`
  expect(await refusalOf({ integrity })).toMatchObject({
    message: expect.stringMatching(/^The tarball of hostile-\d+@1\.0\.0 does not have the integrity sha512-A+==\.$/),
  })
})

test.each(['sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=', '', 'sha512-short', 'md5-x sha1-y'])(
  'an integrity too weak to be believed: %j',
  async (integrity) => {
    expect(await refusalOf({ integrity })).toMatchObject({ message: expect.stringContaining('no SHA-512 integrity') })
  },
)

test('a small tarball that unpacks to gigabytes', async () => {
  const tarball = packTarball([{ path: 'package/zeros.txt', content: Buffer.alloc(200_000_000) }])
  expect(tarball.length).toBeLessThan(300_000)
  expect(await refusalOf({ tarball })).toMatchObject({
    code: 'ERR_DEPENDENCY_LIMIT',
    message: expect.stringMatching(/unpack to more than 134217728 bytes \(limit "packageBytes"\)/),
  })
})

test('a tarball in a tarball’s compression', async () => {
  const tarball = gzipSync(packTarball([{ path: 'package/a.js', content: Buffer.alloc(1_000_000) }]))
  expect(await refusalOf({ tarball })).toMatchObject({ message: expect.stringContaining('is compressed twice') })
})

test('a tarball that is none', async () => {
  expect(await refusalOf({ tarball: gzipSync('no tar') })).toMatchObject({ code: 'ERR_DEPENDENCY_BROKEN' })
  expect(await refusalOf({ tarball: Buffer.from('no gzip') })).toMatchObject({ code: 'ERR_DEPENDENCY_BROKEN' })
  const cut = packTarball([{ path: 'package/a.js', content: 'x'.repeat(5_000) }])
  expect(await refusalOf({ tarball: cut.subarray(0, cut.length - 20) })).toMatchObject({
    code: 'ERR_DEPENDENCY_BROKEN',
  })
})

test('more files than a disk likes', async () => {
  const content = Buffer.alloc(0)
  const entries = Array.from({ length: 3_000 }, (_, index) => ({ path: `package/${index}.js`, content }))
  expect(await refusalOf({ entries }, { packageBytes: 1_048_576 })).toMatchObject({
    message: expect.stringContaining('(limit "packageBytes")'),
  })
})

test('more packages than a version may have', async () => {
  const dependencies = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`crowd-${index}`, '*']))
  for (const name of Object.keys(dependencies)) it.registry.publish({ name })
  expect(await refusalOf({ manifest: { dependencies } }, { packages: 20 })).toMatchObject({
    code: 'ERR_DEPENDENCY_LIMIT',
    message: expect.stringMatching(/more than 20 packages \(limit "packages"\)/),
  })
})

test('a package that asks for more than anybody needs is not read further', async () => {
  const dependencies = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`throng-${index}`, 'git+x']))
  expect(await refusalOf({ manifest: { dependencies } })).toMatchObject({
    code: 'ERR_DEPENDENCY_LIMIT',
    message: expect.stringMatching(/^hostile-\d+ asks for more than 1000 packages\.$/),
  })
})

test('more versions than can be looked through', async () => {
  const versions = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`0.${index}.0`, {}]))
  it.registry.answerWith('/versions', (_, response) => response.end(JSON.stringify({ versions })))
  const refusal = it.dependencies.resolve({ name: 'versions', version: '1||2||3||4||5' })
  await expect(refusal).rejects.toMatchObject({ code: 'ERR_DEPENDENCY_BROKEN' })
})

test('a tree in which everybody asks for everybody leaves the thread to others', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `knot-${index}`)
  const dependencies = Object.fromEntries(names.map((name) => [name, '1']))
  const manifest = { version: '1.0.0', dist: { tarball: 'x' }, dependencies }
  const packument = async () => ({ tags: new Map(), versions: new Map([['1.0.0', manifest]]) })
  const registry = { packument, tarball: async () => new Uint8Array() }
  let turns = 0
  let waiting = setImmediate(function again() {
    turns += 1
    waiting = setImmediate(again)
  })
  const wanted = [{ name: 'knot-0', version: '1' }]
  await resolveTree(wanted, { registry, packages: 100, signal: AbortSignal.timeout(60_000) })
  clearImmediate(waiting)
  expect(turns).toBeGreaterThan(3)
})

test('dependencies without end, each with a version of its own', async () => {
  for (let version = 0; version < 60; version++)
    it.registry.publish({
      name: 'endless',
      version: `${version}.0.0`,
      manifest: { dependencies: { endless: `${version + 1}.0.0` } },
    })
  const refusal = await refusalOf({ manifest: { dependencies: { endless: '0.0.0' } } }, { packages: 30 })
  expect(refusal).toMatchObject({ message: expect.stringContaining('(limit "packages")') })
})

test('a dependency from somewhere else than the registry', async () => {
  expect(await refusalOf({ manifest: { dependencies: { evil: 'git+https://example.com/evil.git' } } })).toMatchObject({
    message: expect.stringMatching(/^hostile-\d+ asks for 'evil' from somewhere else than the registry\.$/),
  })
})

test('a name that is a path', async () => {
  expect(await refusalOf({ manifest: { dependencies: { '../../escaped': '1.0.0' } } })).toMatchObject({
    code: 'ERR_DEPENDENCY_VERSION',
  })
})

test('a tarball at another place than the registry', async () => {
  const dist = { tarball: 'http://169.254.169.254/latest/meta-data', integrity: `sha512-${'A'.repeat(86)}==` }
  expect(await refusalOf({ registryFields: { dist } })).toMatchObject({
    message: expect.stringMatching(/^The tarball of hostile-\d+@1\.0\.0 is not at the registry\.$/),
  })
})

test.each([
  ['binding.gyp', { 'binding.gyp': '{}' }],
  ['a binary', { 'build/Release/addon.node': 'ELF' }],
])('a native module, known by %s', async (_, files) => {
  expect(await refusalOf({ files })).toMatchObject({
    code: 'ERR_DEPENDENCY_NATIVE',
    message: expect.stringMatching(/^hostile-\d+@1\.0\.0 is a native module: only JavaScript runs here\.$/),
  })
})

test('a registry that never answers', async () => {
  it.registry.answerWith('/silent', () => {})
  const refusal = it.dependencies.install([{ name: 'silent', version: '1.0.0' }], { ...it.limits, packagesMs: 300 })
  await expect(refusal).rejects.toThrow(/not fetched within 300 ms \(limit "packagesMs"\)/)
})

test('a registry that never stops answering', async () => {
  it.registry.answerWith('/flood', (_, response) => {
    const chunk = Buffer.alloc(1_048_576, ' ')
    const pour = (): void => {
      while (response.write(chunk));
    }
    response.on('drain', pour)
    pour()
  })
  const refusal = it.dependencies.install([{ name: 'flood', version: '1.0.0' }], it.limits)
  await expect(refusal).rejects.toThrow(/more than 33554432 bytes/)
})

test('a tarball that comes byte by byte', async () => {
  it.registry.publish({ name: 'drip' })
  it.registry.answerWith('/drip/-/drip-1.0.0.tgz', (_, response) => {
    const drip = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(drip))
  })
  const refusal = it.dependencies.install([{ name: 'drip', version: '1.0.0' }], { ...it.limits, packagesMs: 400 })
  await expect(refusal).rejects.toThrow(/limit "packagesMs"/)
})
