/** `interlock init` and `interlock test`, outside of this project: what is made works at once. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { interlock } from '../../support/interlock-cli.ts'

const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'interlock-init-'))
})
afterAll(() => rmSync(cwd, { recursive: true }))

describe.each([
  { language: 'TypeScript', name: 'typed', options: [], action: 'action.ts', testFile: 'action.test.ts' },
  {
    language: 'JavaScript',
    name: 'plain',
    options: ['--javascript'],
    action: 'action.js',
    testFile: 'action.test.mjs',
  },
])('a new action in $language', ({ name, options, action, testFile }) => {
  test('is made, and what to do next is said', async () => {
    const { code, stdout } = await interlock(['init', name, ...options], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain(`  npx interlock run ${name}/${action} --event ${name}/event.json`)
  })

  test('runs with its event', async () => {
    const { code, stdout } = await interlock(['run', `${name}/${action}`, '--event', `${name}/event.json`], { cwd })
    expect(stdout).toContain('the reset is denied with "Please verify your email address first."')
    expect(code).toBe(0)
  })

  test('passes its test, and fails it when it does something else', async () => {
    expect(await interlock(['test', name], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('pass 2'),
    })
    const file = join(cwd, name, action)
    const source = readFileSync(file, 'utf8')
    writeFileSync(file, source.replace('api.access.deny', 'console.log'))
    const { code, stdout } = await interlock(['test', `${name}/${testFile}`], { cwd })
    writeFileSync(file, source)
    expect(code).toBe(1)
    expect(stdout).toContain('but the reset goes on')
  })

  test('has its types, and an editor would see a wrong call', async () => {
    const check = () =>
      promisify(execFile)(process.execPath, [compiler, '-p', join(cwd, name)]).then(
        () => '',
        ({ stdout }: { stdout: string }) => stdout,
      )
    expect(await check()).toBe('')
    const file = join(cwd, name, action)
    const source = readFileSync(file, 'utf8')
    writeFileSync(file, source.replace('.deny(', '.denyy('))
    const said = await check()
    writeFileSync(file, source)
    expect(said).toContain(`'denyy' does not exist`)
  })

  test('is never overwritten', async () => {
    const file = join(cwd, name, action)
    writeFileSync(file, '// mine')
    const { code, stderr } = await interlock(['init', name, ...options], { cwd })
    expect(stderr).toContain(`${name} holds ${action}`)
    expect(code).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('// mine')
  })
})

test('a folder without a test is refused with 2', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'interlock-empty-'))
  const { code, stderr } = await interlock(['test', empty])
  rmSync(empty, { recursive: true })
  expect(stderr).toContain('There is no test here')
  expect(code).toBe(2)
})
