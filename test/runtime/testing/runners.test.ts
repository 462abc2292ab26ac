/** The kit under the other runners, each as an author starts it. Under vitest it is all of the tests beside this one. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const folder = fileURLToPath(new URL('runners/', import.meta.url))
const jest = createRequire(import.meta.url).resolve('jest/bin/jest')

const runners = [
  { name: 'node:test', args: ['--test', 'node-test.spec.ts'] },
  { name: 'jest', args: ['--experimental-vm-modules', jest, '--config', 'jest.config.json'] },
]

/** Resolves when the process has ended by itself. */
const run = (args: string[], score: string) =>
  new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const env = { ...process.env, SCORE: score, NODE_NO_WARNINGS: '1' }
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })

describe.each(runners)('under $name', ({ args }) => {
  test('an action that does what it should passes, and the process ends by itself', { timeout: 120_000 }, async () => {
    const { code, output } = await run(args, '95')
    expect({ code, output }).toMatchObject({ code: 0 })
  })

  test('one that does not fails, and what it did instead is shown', { timeout: 120_000 }, async () => {
    const { code, output } = await run(args, '1')
    expect(code).toBe(1)
    expect(output).toContain('The action was expected to deny the reset with "Too risky.", but the reset goes on')
    expect(output).toContain('score 1')
  })
})
