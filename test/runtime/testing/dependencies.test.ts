/** Packages of an action under test: fetched from a registry and bundled, as a server does. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildError, closeRuntime, expectRun, openAction } from '@interlock/runtime/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRegistry, type TestRegistry } from '../../support/registry.ts'

let registry: TestRegistry
let folder: string
const environment = { ...process.env }
beforeAll(async () => {
  registry = await openRegistry()
  for (const version of ['1.0.0', '1.2.0', '2.0.0'])
    registry.publish({
      name: 'greet',
      version,
      files: { 'index.js': `module.exports = (name) => name + ' ${version}'` },
    })
  folder = mkdtempSync(join(tmpdir(), 'interlock-packages-'))
  Object.assign(process.env, { NPM_REGISTRY_URL: registry.url, XDG_CACHE_HOME: join(folder, 'cache') })
})
afterAll(async () => {
  await closeRuntime()
  process.env = environment
  await registry.close()
  rmSync(folder, { recursive: true })
})

const write = (name: string, manifest?: object): string => {
  mkdirSync(join(folder, name), { recursive: true })
  const file = join(folder, name, 'action.ts')
  writeFileSync(
    file,
    `import greet from 'greet'\nexport const onExecutePostChallenge = async (event: any, api: any) => api.access.deny(greet('hello'))\n`,
  )
  if (manifest) writeFileSync(join(folder, name, 'package.json'), JSON.stringify(manifest))
  return file
}

test('the package.json beside an action names them, and Interlock’s own are none of them', async () => {
  const dependencies = { greet: '^1.0.0', '@interlock/runtime': 'file:../runtime' }
  const action = await openAction(write('declared', { dependencies }))
  expectRun(await action.execute()).toDeny('hello 1.2.0')
})

test('a package.json that is no JSON is an error of the build, and named', async () => {
  const file = write('broken', {})
  writeFileSync(join(folder, 'broken', 'package.json'), '{"dependencies":{')
  const failure = openAction(file)
  await expect(failure).rejects.toThrow(BuildError)
  await expect(failure).rejects.toThrow(`${join(folder, 'broken', 'package.json')}: This is no JSON`)
})

test('a test may name others', async () => {
  const file = write('given', { dependencies: { greet: '^1.0.0' } })
  expectRun(await (await openAction(file, { dependencies: { greet: 'latest' } })).execute()).toDeny('hello 2.0.0')
})

test('one that no registry has is named', async () => {
  const failure = openAction(write('unknown'), { dependencies: { 'no-such-package': '1.0.0' } })
  await expect(failure).rejects.toThrow(BuildError)
  await expect(failure).rejects.toThrow('no-such-package')
})

test('an error inside of a package has the author’s line in its stack, and nothing of the bundle', async () => {
  const files = { 'index.js': `exports.check = (plan) => {\n  if (!plan) throw new TypeError('no plan')\n}` }
  registry.publish({ name: 'plan-check', files })
  const file = write('inside')
  writeFileSync(
    file,
    `import { check } from 'plan-check'

interface Event { secrets: { PLAN?: string } }

export const onExecutePostChallenge = async (event: Event): Promise<void> => {
  check(event.secrets.PLAN)
}
`,
  )
  const run = await (await openAction(file, { dependencies: { 'plan-check': '1.0.0' } })).execute()
  expect(run.error?.stack).toBe(`TypeError: no plan\n    at onExecutePostChallenge (${file}:6:3)`)
})

test('one that is not declared is a warning of the build, and fails when it is required', async () => {
  const action = await openAction(write('undeclared'))
  expect(action.warnings.map(({ text }) => text).join()).toContain('greet')
  expectRun(await action.execute()).toFailWith({ code: 'MODULE_NOT_FOUND' })
})
