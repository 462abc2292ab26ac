/** Where the system cannot make a folder the root of all: what led out of it is found in the compiler's report. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildLimits, defaultsOf } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundlePackages, type PackageBundle } from '../../../runtime/src/bundle/bundle-packages.ts'
import { openDependencies, type TestDependencies } from '../../support/dependencies.ts'

let it: TestDependencies
beforeAll(async () => {
  it = await openDependencies()
  // Packages lie in builds/build-x/node_modules/name: these are what a host might have around them.
  writeFileSync(join(it.folder, 'secret.json'), '{"token":"of-the-host"}')
  writeFileSync(join(it.folder, 'package.json'), '{}')
  writeFileSync(join(it.folder, 'secret.js'), 'module.exports = "of-the-host"')
  writeFileSync(join(it.folder, 'exports.mjs'), 'export const token = 1')
  writeFileSync(join(it.folder, 'builds.json'), 'token: of-the-host')
  mkdirSync(join(it.folder, 'node_modules/of-the-server'), { recursive: true })
  writeFileSync(join(it.folder, 'node_modules/of-the-server/index.js'), 'module.exports = "of-the-host"')
  writeFileSync(
    join(it.folder, 'tsconfig.json'),
    '{"compilerOptions":{"paths":{"gone":["./secret.js"]},"baseUrl":"."}}',
  )
})
afterAll(() => it.close())

let count = 0
const bundle = async (index: string, manifest = {}): Promise<PackageBundle> => {
  const name = `outward-${++count}`
  it.registry.publish({ name, manifest, files: { 'index.js': index } })
  const limits = defaultsOf(buildLimits)
  const installation = await it.dependencies.install([{ name, version: '1.0.0' }], limits)
  try {
    const offered = [{ specifier: name, kind: 'require' as const }]
    return await bundlePackages({ installation, offered, limits, wrap: [] })
  } finally {
    await installation.remove()
  }
}

const up = '../../../..'

test.each([
  ['a path', `module.exports = require('${up}/secret.json')`, `${up}/secret.json`],
  ['a path in an import', `import x from '${up}/secret.js'; export { x }`, `${up}/secret.js`],
  ['a package of the server', `module.exports = require('of-the-server')`, 'of-the-server'],
  [
    'an import with an attribute',
    `import x from '${up}/secret.json' with { type: 'json' }; export { x }`,
    `${up}/secret.json`,
  ],
])('%s is treated like what is not there', async (_, index, specifier) => {
  const bundled = await bundle(index)
  expect(bundled).toMatchObject({ ok: true, warnings: [expect.stringContaining(`There is no module '${specifier}'`)] })
  expect(JSON.stringify(bundled)).not.toContain('of-the-host')
})

test.each([
  ['main', { main: `${up}/secret.js` }],
  ['exports', { exports: { '.': `${up}/secret.js` } }],
])('a package.json whose %s leads out', async (_, manifest) => {
  const bundled = await bundle('', manifest)
  expect(JSON.stringify(bundled)).not.toContain('of-the-host')
})

test.each([
  ['a file that is no JSON', `module.exports = require('${up}/builds.json')`],
  ['a file without a suffix', `module.exports = require('/etc/passwd')`],
  ['text', `import x from '${up}/builds.json' with { type: 'text' }; export { x }`],
  ['bytes', `import x from '/etc/passwd' with { type: 'bytes' }; export { x }`],
  ['a pattern', `module.exports = (name) => require('${up}/' + name + '.json')`],
  ['a pattern in an import', `export const load = (name) => import(\`${up}/\${name}.js\`)`],
  ['a source map', `module.exports = 1\n//# sourceMappingURL=${up}/secret.json`],
  ['a name that the host’s file does not export', `import { nothing } from '${up}/exports.mjs'; export { nothing }`],
  ['options of the host', `module.exports = require('gone')`],
])('%s gives nothing of the host away', async (_, index) => {
  const bundled = await bundle(index)
  expect(JSON.stringify(bundled)).not.toMatch(/of-the-host|root:|token|exports\.mjs/)
})
