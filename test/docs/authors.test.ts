/** The authors' guide does what it says: its commands are given, its actions built, its tests run. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { linkPackages } from '../../runtime/src/cli/init/link-packages.ts'
import { interlock } from '../support/interlock-cli.ts'

const guide = readFileSync(fileURLToPath(new URL('../../docs/authors.md', import.meta.url)), 'utf8')

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'interlock-guide-'))
})
afterAll(() => rmSync(cwd, { recursive: true }))

/** Each command of a `console` block with the lines it is said to print. */
const commands = [...guide.matchAll(/```console\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .split(/^\$ npx interlock /m)
    .slice(1)
    .map((part) => {
      const [line = '', ...printed] = part.trimEnd().split('\n')
      return { line, printed }
    }),
)

const files = [...guide.matchAll(/```ts\n\/\/ ([\w.]+)\n([\s\S]*?)```/g)].map(([, name = '', code = '']) => ({
  name,
  code,
}))

const withoutFigures = (text: string) => text.replace(/\(?[\d.]+ ?ms\)?/g, '?')

test('what is printed below a command is what it prints', { timeout: 180_000 }, async () => {
  expect(commands.length).toBeGreaterThanOrEqual(4)
  writeFileSync(join(cwd, 'broken.ts'), `export const onExecutePostChallenge = async () => {\n  const a b\n}\n`)
  for (const { line, printed } of commands) {
    const { stdout, stderr } = await interlock(line.split(' '), { cwd })
    const actual = withoutFigures(stdout + stderr)
    for (const wanted of printed) expect(actual, line).toContain(withoutFigures(wanted))
  }
})

test('the action of the guide passes the tests of the guide', async () => {
  const wanted = files.filter(({ name }) => name.startsWith('action.'))
  expect(wanted.map(({ name }) => name)).toEqual(['action.ts', 'action.test.ts'])
  for (const { name, code } of wanted) writeFileSync(join(cwd, name), code)
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }')
  linkPackages(cwd)
  const { code, stdout } = await interlock(['test', 'action.test.ts'], { cwd })
  expect(code, stdout).toBe(0)
  expect(stdout).toContain('pass 4')
})

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../runtime/testing/${path}`, import.meta.url)), 'utf8')

test('the set-ups of other runners are those that the kit is tested with', () => {
  const [augmentation = 'none'] = /interface Matchers<.*/.exec(guide) ?? []
  expect(read('matchers.test.ts')).toContain(augmentation)
  const { extensionsToTreatAsEsm, transform } = JSON.parse(read('runners/jest.config.json'))
  expect(guide).toContain(`extensionsToTreatAsEsm: ['${extensionsToTreatAsEsm}']`)
  expect(guide).toContain(`transform: { '\\\\.ts$': '${transform['\\.ts$']}' }`)
})

test('every assertion it names is there, and no other', async () => {
  const kit = await import('@interlock/runtime/testing')
  const testing = guide.slice(guide.indexOf('## Testing'))
  const named = [...testing.matchAll(/`(to[A-Z]\w+)`/g)].map(([, name]) => name)
  expect(new Set(named)).toEqual(new Set(Object.keys(kit.interlockMatchers)))
})
