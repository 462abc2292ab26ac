import { describe, expect, test } from 'vitest'
import { type DisposableWork, runDisposable } from '../../runtime/src/disposable-process.ts'

const run = (program: string, over: Partial<DisposableWork> = {}) =>
  runDisposable({
    command: process.execPath,
    args: ['-'],
    folder: '/',
    environment: {},
    input: program,
    wallMs: 20_000,
    outputBytes: 1_000,
    ...over,
  })

describe('a disposable process', () => {
  test('gives what it printed, and how it ended', async () => {
    const program = "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3"
    expect(await run(program)).toEqual({ end: 'exited', code: 3, output: 'out', messages: 'err' })
  })

  test('has no environment', async () => {
    const ended = await run('process.stdout.write(JSON.stringify(Object.keys(process.env)))')
    expect(ended).toMatchObject({ output: '[]' })
  })

  test.each([
    ['loops', 'for (;;);'],
    ['is stuck in the engine', 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)'],
    ['waits for ever', 'setInterval(() => {}, 1e6)'],
  ])('that %s is ended', async (_, program) => {
    expect(await run(program, { wallMs: 1_000 })).toEqual({ end: 'exceeded-wall' })
  })

  test('that says too much is ended', async () => {
    const program = "const text = 'x'.repeat(1e5); for (;;) process.stdout.write(text)"
    expect(await run(program)).toEqual({ end: 'exceeded-output' })
  })

  test('is ended with what it has started', async () => {
    const inner = "process.stdout.write('inner'); for (;;);"
    const program = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: 'inherit' })`
    // It resolves once nobody holds the streams any more.
    expect(await run(program, { wallMs: 1_500 })).toEqual({ end: 'exceeded-wall' })
  })

  test('that cannot be started is a fault of ours', async () => {
    await expect(run('', { command: '/nowhere/at/all' })).rejects.toThrow('ENOENT')
  })
})
