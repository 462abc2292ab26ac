/** What versions are prepared by is what prepared ones are found by: nodes with the same code must agree on it. */
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { buildChildProgram } from '../../../runtime/src/process/child-program.ts'
import { hashEngine } from '../../../runtime/src/process/engine.ts'

const source = new URL('../../../runtime/src/', import.meta.url)
const printEngine = `
  import { buildGuest } from '${new URL('bundle/build-guest.ts', source)}'
  import { buildChildProgram } from '${new URL('process/child-program.ts', source)}'
  import { hashEngine } from '${new URL('process/engine.ts', source)}'
  console.log(await hashEngine(await buildChildProgram(), await buildGuest()))
  process.exit()`

const engineOfProcessIn = async (cwd: string): Promise<string> => {
  const args = ['--input-type=module', '--eval', printEngine]
  return (await promisify(execFile)(process.execPath, args, { cwd })).stdout
}

describe('the engine', async () => {
  const program = await buildChildProgram()
  const engine = await hashEngine(program, 'prelude')

  test('is the same for the same parts', async () => {
    expect(await hashEngine({ ...program }, 'prelude')).toBe(engine)
  })

  test('is the same wherever a process was started', async () => {
    const folders = [tmpdir(), fileURLToPath(source), '/']
    const [first, ...others] = await Promise.all(folders.map(engineOfProcessIn))
    expect(first).toMatch(/^[0-9a-f]{64}\n$/)
    expect(others).toEqual([first, first])
  })

  test('is the same wherever its code lies', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interlock-engine-'))
    const elsewhere = join(folder, 'isolated_vm.node')
    await copyFile(program.binary, elsewhere)
    const moved = { code: program.code.replaceAll(program.binary, elsewhere), binary: elsewhere }
    expect(moved.code).not.toBe(program.code)
    expect(await hashEngine(moved, 'prelude')).toBe(engine)
    await rm(folder, { recursive: true })
  })

  test.each([
    ['guest', () => hashEngine(program, 'another prelude')],
    ['program', () => hashEngine({ ...program, code: `${program.code};` }, 'prelude')],
    ['isolated-vm', () => hashEngine({ ...program, binary: import.meta.filename }, 'prelude')],
  ])('is another with another %s', async (_, hash) => {
    expect(await hash()).not.toBe(engine)
  })

  test('is another with another V8', async () => {
    const { versions } = process
    try {
      Object.defineProperty(process, 'versions', { value: { ...versions, v8: '1.2.3' }, configurable: true })
      expect(await hashEngine(program, 'prelude')).not.toBe(engine)
    } finally {
      Object.defineProperty(process, 'versions', { value: versions, configurable: true })
    }
  })
})
