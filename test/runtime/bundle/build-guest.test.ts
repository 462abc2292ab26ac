/** The guest is part of the hash that prepared versions are found by: whoever has the same code must get the same text. */
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { buildGuest } from '../../../runtime/src/bundle/build-guest.ts'

const file = new URL('../../../runtime/src/bundle/build-guest.ts', import.meta.url)
const printGuest = `import { buildGuest } from '${file}'\nprocess.stdout.write(await buildGuest())`

test('is the same text wherever a process was started, every time', async () => {
  const text = await buildGuest()
  const args = ['--input-type=module', '--eval', printGuest]
  for (const cwd of [tmpdir(), tmpdir(), fileURLToPath(new URL('.', file))]) {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, maxBuffer: 16 * 1_048_576 })
    expect(stdout === text).toBe(true)
  }
})
