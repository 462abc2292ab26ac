import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { runModule } from '../guest/run-guest.ts'
import { artifactOf, build, errorsOf, limits } from './build-action.ts'

const reasonOf = async (source: string): Promise<unknown> => {
  const { code } = await artifactOf(source)
  const end = await runModule(code)
  return end.commands[0]?.type === 'access.deny' ? end.commands[0].reason : end.error
}

/** Sources whose handler denies with the reason `ran`. */
const accepted: [title: string, source: string, fileName: string][] = [
  ['CommonJS', `exports.onExecutePostChallenge = async (event, api) => api.access.deny('ran')`, 'action.js'],
  [
    'module.exports',
    `module.exports = { onExecutePostChallenge: async (event, api) => api.access.deny('ran') }`,
    'action.js',
  ],
  [
    'an ES module with a const',
    `export const onExecutePostChallenge = async (event, api) => api.access.deny('ran')`,
    'action.js',
  ],
  [
    'an ES module with a function',
    `export async function onExecutePostChallenge(event, api) { api.access.deny('ran') }`,
    'action.js',
  ],
  [
    'a hashbang',
    `#!/usr/bin/env node\nexports.onExecutePostChallenge = async (event, api) => api.access.deny('ran')`,
    'action.js',
  ],
  [
    'a byte order mark',
    `\uFEFFexports.onExecutePostChallenge = async (event, api) => api.access.deny('ran')`,
    'action.js',
  ],
  [
    'a return at the top',
    `exports.onExecutePostChallenge = async (event, api) => api.access.deny('ran')\nif (1) return\nthrow 1`,
    'action.js',
  ],
  [
    'TypeScript',
    `import type { PasswordResetPostChallengeAction } from '@auth0/actions/password-reset-post-challenge/v1'
     import { Unused } from './types/that-do-not-exist'
     enum Reason { Ran = 'ran' }
     type Local = Unused & { a: number }
     export const onExecutePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
       api.access.deny(Reason.Ran satisfies string as string)
     }`,
    'action.ts',
  ],
  [
    'TypeScript as CommonJS',
    `exports.onExecutePostChallenge = async (event: unknown, api: any): Promise<void> => { api!.access.deny('ran') }`,
    'action.ts',
  ],
]

test.each(accepted)('%s builds and runs', async (_, source, fileName) => {
  const artifact = await artifactOf(source)
  expect(artifact.fileName).toBe(fileName)
  expect(artifact.hash).toBe(createHash('sha256').update(artifact.code).digest('hex'))
  expect(await reasonOf(source)).toBe('ran')
})

/** Expressions whose value depends on what a compiler leaves alone; each is true as the author wrote it. */
const meanings = [
  `(function () { return this })() === globalThis`,
  `(() => { with ({ inner: 1 }) return inner })() === 1`,
  `010 === 8`,
  `(function f(a) { arguments[0] = 2; return a })(1) === 2`,
  `(async () => {}).constructor.name === 'AsyncFunction'`,
  `(function named() {}).name === 'named'`,
  `'//# sourceMappingURL=data:,' .length === 27`,
  '`line\n//# sourceMappingURL=x` .length === 27',
  `typeof window === 'undefined'`,
  `(x => x?.y ?? 'z')(null) === 'z'`,
  `class { static #p = 1; static has = o => #p in o }.has({}) === false`,
  `'</script><!--'.length === 13`,
  `'é€👩' === '\\u00e9\\u20ac\\ud83d\\udc69'`,
]

test.each(meanings)('JavaScript keeps its meaning: %s', async (expression) => {
  const source = `exports.onExecutePostChallenge = async (event, api) => api.access.deny(String(${expression}))`
  expect(await reasonOf(source)).toBe('true')
})

test('a module that cannot be found fails when it is required, not when it is built', async () => {
  const source = `export const onExecutePostChallenge = async (event, api) => {
    try { await import('/etc/passwd') } catch (error) { api.access.deny(error.code) }
  }`
  expect(await reasonOf(source)).toBe('MODULE_NOT_FOUND')
})

test.each([
  `import secret from '/etc/passwd'; export const onExecutePostChallenge = async () => secret`,
  `const secret = require('/etc/hostname'); exports.onExecutePostChallenge = async () => secret`,
  `import secret from '/etc/passwd' with { type: 'text' }; export const onExecutePostChallenge = async () => secret`,
  `exports.onExecutePostChallenge = async (n) => import(\`/proc/self/\${n}.json\`)`,
])('no file of the host gets into the code: %s', async (source) => {
  const result = await build(source)
  expect(JSON.stringify(result)).not.toMatch(/root:x:0|PATH=/)
})

const syntaxErrors: [source: string, error: object][] = [
  ['let x = ;', { text: 'Unexpected ";"', file: 'action.js', line: 1, column: 9, excerpt: 'let x = ;' }],
  ['let a = 1\r\nlet é = "€" + ;\r\n', { text: 'Unexpected ";"', line: 2, column: 15, excerpt: 'let é = "€" + ;' }],
  ['function f() {\n', { text: 'Unexpected end of file', line: 2, column: 1, excerpt: '' }],
  ['function f() {\n//# sourceMappingURL=x', { text: 'Unexpected end of file', line: 2, column: 23 }],
  ['const a = 1\nconst a = 2', { text: 'The symbol "a" has already been declared', line: 2, column: 7 }],
  [
    'const x = await fetch("https://a.example")',
    {
      text: 'Top-level await is not supported: an action is loaded synchronously. Await inside the handler.',
      line: 1,
      column: 11,
    },
  ],
  ['}); evil(); (function(){', { text: 'Unexpected "}"', line: 1, column: 1 }],
  ['}\nevil()\n{', { text: 'Unexpected "}"', line: 1, column: 1 }],
  ['*/ evil() /*', { text: 'Unexpected "*"', line: 1, column: 1 }],
]

test.each(syntaxErrors)('%j is refused with its place', async (source, error) => {
  expect((await errorsOf(source))[0]).toMatchObject(error)
})

test('of JavaScript and TypeScript the one that got further is reported', async () => {
  const [javascript] = await errorsOf('const a = 1\nconst b = ;\n')
  expect(javascript).toMatchObject({ file: 'action.js', line: 2 })
  const [typescript] = await errorsOf('const a: number = 1\nconst b: string = ;\n')
  expect(typescript).toMatchObject({ file: 'action.ts', line: 2, column: 19 })
})

test('the language can be fixed', async () => {
  const typed = 'const a: number = 1'
  expect((await errorsOf(typed, { language: 'javascript' }))[0]).toMatchObject({ file: 'action.js', line: 1 })
  expect((await artifactOf('exports.a = 1', { language: 'typescript' })).fileName).toBe('action.ts')
})

test('a long line is excerpted around the place', async () => {
  const [error] = await errorsOf(`${'a;'.repeat(2_000)}let x = ;${'b;'.repeat(2_000)}`)
  expect(error?.excerpt?.length).toBeLessThanOrEqual(160)
  expect(error?.excerpt).toContain('let x = ;')
})

test('warnings come with a result that is good', async () => {
  const result = await build('exports.a = (x) => x === -0\nconst c = 1; exports.b = () => { c = 2 }')
  expect(result).toMatchObject({
    ok: true,
    warnings: [
      { text: expect.stringContaining('-0'), line: 1, column: expect.any(Number) },
      { text: 'This assignment will throw because "c" is a constant', line: 2, column: 34 },
    ],
  })
})

test('the size of a source counts in bytes, and the limit is named', async () => {
  const small = { limits: { ...limits, sourceBytes: 2_000 } }
  expect((await build(`//${'é'.repeat(999)}`, small)).ok).toBe(true)
  expect(await errorsOf(`///${'é'.repeat(999)}`, small)).toEqual([
    { text: 'The source has more than 2000 bytes (limit "sourceBytes", reached: 2001 bytes).', file: 'action.js' },
  ])
})

test('the size of the compiled code is limited', async () => {
  const source = `exports.a = '${'x'.repeat(20_000)}'`
  const [error] = await errorsOf(source, { limits: { ...limits, artifactBytes: 16_384 } })
  expect(error?.text).toMatch(
    /^The compiled code is larger than 16384 bytes \(limit "artifactBytes", reached: 20\d{3} bytes\)\.$/,
  )
})

test('the same source gives the same hash', async () => {
  const source = `exports.onExecutePostChallenge = async () => {}`
  expect((await artifactOf(source)).hash).toBe((await artifactOf(source)).hash)
})
