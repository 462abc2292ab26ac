/** `interlock run` as a process: what it prints, and what it ends with. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../../runtime/src/cli/commands.ts'
import { parseRunOrder } from '../../../runtime/src/cli/run/run-options.ts'
import { UsageError } from '../../../runtime/src/cli/usage-error.ts'
import { interlock } from '../../support/interlock-cli.ts'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'interlock-run-'))
  write('action.ts', source)
  write('event.json', { user: { email: 'eve@example.com' }, request: { ip: '198.51.100.7' } })
  write('secrets.json', { RISK_KEY: 'k-1', TOKEN_SECRET: 'a-shared-secret-of-at-least-32-bytes' })
  write('routes.json', { 'POST https://risk.example.com/score': { json: { score: 42 } } })
})
afterAll(() => rmSync(cwd, { recursive: true }))

const write = (name: string, content: unknown): void =>
  writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content))

const source = `import type { PasswordResetPostChallengeAction } from '@interlock/sdk-types'

export const onExecutePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  const response = await fetch('https://risk.example.com/score', { method: 'POST', body: event.request.ip })
  console.warn('score of', event.user.email, (await response.json() as { score: number }).score)
  api.redirect.sendUserTo('https://verifier.example.com/', { query: { key: event.secrets.RISK_KEY! } })
}

export const onContinuePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  const { plan } = api.redirect.validateToken({ secret: event.secrets.TOKEN_SECRET! })
  if (event.request.query.fail) throw new RangeError('no plan ' + plan)
  api.access.deny(plan + event.request.body.note)
}
`

const run = (...args: string[]) => interlock(['run', ...args], { cwd })
const everything = ['action.ts', '--event', 'event.json', '--secrets', 'secrets.json', '--fetch', 'routes.json']

describe('interlock run', () => {
  test('prints outcome, commands, console, requests and timings', async () => {
    const { code, stdout, stderr } = await run(...everything)
    expect(
      stdout.replace(/[\d.]+ ms/g, '? ms'),
    ).toBe(`onExecutePostChallenge completed: the user is asked for: redirect to https://verifier.example.com/?key=k-1
  commands
    api.redirect.sendUserTo({ url: 'https://verifier.example.com/?key=k-1' })
  console
    warn  score of eve@example.com 42
  requests
    POST https://risk.example.com/score → 200
  timings
    processor ? ms, clock ? ms
`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('prints the same as JSON', async () => {
    const { code, stdout } = await run(...everything, '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'completed',
      decision: { type: 'pause' },
      commands: [{ type: 'redirect.sendUserTo', url: 'https://verifier.example.com/?key=k-1' }],
      console: [{ level: 'warn', text: 'score of eve@example.com 42' }],
      requests: [{ method: 'POST', body: '198.51.100.7', status: 200 }],
      timings: { cpuMs: expect.any(Number), wallMs: expect.any(Number) },
      build: { warnings: [] },
    })
    expect(code).toBe(0)
  })

  const onReturn = ['action.ts', '--handler', 'onContinuePostChallenge', '--secrets', 'secrets.json']
  const token = ['--token', '{"plan":"gold"}', '--token-secret', 'TOKEN_SECRET']

  test('begins with the return, a signed token and a form', async () => {
    const { code, stdout } = await run(...onReturn, ...token, '--body', 'note= and=more')
    expect(stdout).toContain('onContinuePostChallenge completed: the reset is denied with "gold and=more"')
    expect(code).toBe(0)
  })

  test('ends with 1 and the stack in the author’s own file when the handler throws', async () => {
    const { code, stdout } = await run(...onReturn, ...token, '--query', 'fail=1')
    expect(stdout).toContain('onContinuePostChallenge: the reset fails: threw')
    expect(stdout).toMatch(/RangeError: no plan gold\n +at onContinuePostChallenge \(action\.ts:11:39\)/)
    expect(code).toBe(1)
  })

  test('ends with 1 and the line when the action does not build', async () => {
    write('broken.js', 'exports.onExecutePostChallenge = async () => {\n  const a b\n}\n')
    const { code, stderr, stdout } = await run('broken.js')
    expect(stderr).toBe('broken.js:2:11: Expected ";" but found "b"\n    2 |   const a b\n      |           ^\n')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const asJson = await run('broken.js', '--json')
    expect(JSON.parse(asJson.stdout)).toMatchObject({ build: { errors: [{ file: 'broken.js', line: 2, column: 11 }] } })
    expect(asJson.code).toBe(1)
  })

  test('ends with 1 and names a request that nothing answers', async () => {
    const { code, stderr } = await run('action.ts')
    expect(stderr).toContain('POST https://risk.example.com/score')
    expect(stderr).toContain('--network real')
    expect(code).toBe(1)
  })

  test('ends with 1 and names the limit that was reached', async () => {
    write('endless.js', 'exports.onExecutePostChallenge = async () => {\n  for (;;);\n}\n')
    const { code, stdout } = await run('endless.js', '--limit', 'cpuMs=50')
    expect(stdout).toContain('exceeded-cpu')
    expect(stdout).toContain('(limit "cpuMs"')
    expect(stdout).toContain('endless.js:2')
    expect(code).toBe(1)
  })

  test('what an action prints cannot take over the terminal', async () => {
    write('paints.js', `exports.onExecutePostChallenge = async () => console.log('\\x1b[2J\\x9b2J\\r\\tü')`)
    expect((await run('paints.js')).stdout).toContain('log   \\x1b[2J\\x9b2J\\x0d\tü\n')
  })

  test('warnings of the build are told beside the result', async () => {
    write('warns.js', `exports.onExecutePostChallenge = async () => {}\nPromise.reject(new Error('early'))\n`)
    const { code, stderr, stdout } = await run('warns.js')
    expect(stderr).toContain('warning: warns.js:2:16: Loading the module left a rejected promise that nothing handles')
    expect(stdout).toContain('A promise was rejected and nothing handled it: Error: early\n        at warns.js:2:16')
    expect(code).toBe(0)
  })
})

test('a wrong command line is refused with 2 and the reason', async () => {
  const { code, stdout, stderr } = await run('action.ts', '--evnet', 'event.json')
  expect(stderr).toBe(`Unknown option '--evnet'.\ninterlock run --help says more.\n`)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('an unknown command is refused with 2 and the known ones', async () => {
  const { code, stderr } = await interlock(['rum'])
  expect({ code, stderr }).toEqual({ code: 2, stderr: `There is no command 'rum'. There are: init, run, test, dev.\n` })
})

/** In this process: what follows is the same for every command line. */
describe('a command line', () => {
  test.each([
    [['$action', '--evnet', 'x'], `Unknown option '--evnet'.`],
    [[], 'Which file?'],
    [['nowhere.ts'], 'There is no file nowhere.ts.'],
    [['$folder'], 'is a folder: name the file in it, such as'],
    [['$action', 'other.ts'], `There is one file too many: 'other.ts'.`],
    [['$action', '--event', 'nowhere.json'], '--event: nowhere.json cannot be read (ENOENT).'],
    [['$action', '--event', '$action'], 'is no JSON'],
    [['$action', '--secrets', '$event'], '--secrets: "user" in'],
    [['$action', '--handler', 'onPostLogin'], '--handler is one of onExecutePostChallenge, onContinuePostChallenge'],
    [['$action', '--network', 'some'], `--network is one of mocked, real, and not 'some'.`],
    [['$action', '--query', 'alone'], `--query is a pair such as name=value, and not 'alone'.`],
    [['$action', '--limit', 'cpu=1'], '--limit: there is no limit "cpu".'],
    [['$action', '--limit', 'cpuMs=1'], '--limit: cpuMs is a whole number from 50 to 20000 ms.'],
    [['$action', '--token', '{}'], '--token needs --token-secret'],
    [['$action', '--secrets', '$secrets', '--token-secret', 'X'], '--token-secret: --secrets has no "X".'],
    [['$action', '--secrets', '$secrets', '--token-secret', 'RISK_KEY'], 'Name it with --handler.'],
  ])('%j is refused with the reason', (args, reason) => {
    const files: Record<string, string> = {
      $folder: '.',
      $action: 'action.ts',
      $event: 'event.json',
      $secrets: 'secrets.json',
    }
    const given = args.map((arg) => (files[arg] === undefined ? arg : join(cwd, files[arg])))
    expect(() => parseRunOrder(given)).toThrow(UsageError)
    expect(() => parseRunOrder(given)).toThrow(reason)
  })

  test.each(Object.keys(commands))('%s --help says what it takes and what it ends with', async (name) => {
    const lines: string[] = []
    const terminal = { say: (line: string) => void lines.push(line), note: () => {} }
    const command = await commands[name]?.()
    expect(await command?.run(['--help'], terminal)).toBe(0)
    expect(lines.join()).toMatch(new RegExp(`^interlock ${name} [\\s\\S]*\\b0\\b[\\s\\S]*\\b2\\b`))
  })
})
