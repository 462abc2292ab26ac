/** Every sample action keeps what its own test promises, run as an author runs it: by Node's test runner. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRegistry, type TestRegistry } from './support/registry.ts'

const samples = globSync('sample-actions/*/action.{js,ts}').map((file) => ({
  name: basename(dirname(file)),
  folder: dirname(file),
}))

let registry: TestRegistry
let cache: string
beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'interlock-samples-'))
  registry = await openRegistry()
  registry.publishInstalled('jsonwebtoken')
})
afterAll(async () => {
  await registry?.close()
  rmSync(cache, { recursive: true })
})

/** Resolves when the process has ended by itself. */
const runTests = (file: string) =>
  new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const env = { ...process.env, NPM_REGISTRY_URL: registry.url, XDG_CACHE_HOME: cache }
    const child = spawn(process.execPath, ['--test', file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })

describe.each(samples)('$name', ({ folder }) => {
  test('says what it is for', () => {
    expect(existsSync(join(folder, 'README.md'))).toBe(true)
  })

  test('keeps what it promises', { timeout: 180_000 }, async () => {
    const { code, output } = await runTests(join(folder, 'action.test.mts'))
    expect(code, output).toBe(0)
    // A file without a test passes too.
    expect(output).toMatch(/pass [1-9]/)
  })
})
