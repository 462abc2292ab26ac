/** What `build()` says beyond the compiler: the module is loaded once in the tenant's sandbox. */
import { type BuildResult, buildLimits, defaultsOf } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { executing, limits, openRuntime, type TestRuntime, textsOf } from '../../support/runtime.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 1 })
})
afterAll(() => runtime.close())

const build = (source: string): Promise<BuildResult> =>
  runtime.runtime.build({ tenant: 'acme', source, limits: { ...defaultsOf(buildLimits), ...limits, cpuMs: 200 } })

const errorsOf = async (source: string) => {
  const result = await build(source)
  if (result.ok) throw new Error('it was built')
  return result.errors
}

test.each([
  ['CommonJS', executing('')],
  ['module.exports', `module.exports = { onExecutePostChallenge: async () => {} }`],
  ['ES modules', `export const onExecutePostChallenge = async () => {}`],
  ['TypeScript', `export async function onExecutePostChallenge(event: unknown): Promise<void> {}`],
])('%s builds without a warning', async (_, source) => {
  expect(await build(source)).toMatchObject({ ok: true, warnings: [] })
})

test.each([
  ['parses a URL', `const { host } = new URL('https://a.example/x')`],
  ['takes a module of Node', `const { setTimeout } = require('node:timers')`],
])('a module that %s while it loads builds without a warning', async (_, line) => {
  expect(await build(`${line}\n${executing('')}`)).toMatchObject({ ok: true, warnings: [] })
})

test('a missing handler is an error that names it', async () => {
  const [error] = await errorsOf(`exports.onExecutePostLogin = async () => {}`)
  expect(error).toMatchObject({ file: 'action.js', text: expect.stringContaining('"onExecutePostChallenge"') })
})

test.each(['onExecutePostChallenge', 'onContinuePostChallenge'])('%s must be an async function', async (handler) => {
  const source = `${executing('')}\nexports.${handler} = () => {}`
  expect(textsOf(await errorsOf(source))).toBe(
    `Invalid function signature for the "${handler}" handler. Use "exports.${handler} = async function(event, api) { }" as the signature.`,
  )
})

test('what only V8 finds wrong is an error too, with its place', async () => {
  const [error] = await errorsOf(`// one\n${executing(`  return /(?<a>x)(?<a>y)/`)}`)
  expect(error).toMatchObject({
    file: 'action.js',
    line: 3,
    text: expect.stringContaining('Invalid regular expression'),
  })
})

test.each([
  ['throws', `throw new Error('no configuration')`, 'no configuration'],
  ['requires what is not there', `require('left-pad')`, `Cannot find module 'left-pad'`],
  ['never ends', `for (;;);`, '200 ms'],
])('a module that %s while it loads builds with a warning', async (_, line, text) => {
  const result = await build(`${executing('')}\n${line}`)
  expect(result.ok).toBe(true)
  expect(textsOf(result.warnings)).toContain(text)
})
