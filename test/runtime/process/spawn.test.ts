import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('a server without a file descriptor left is told so, and lives', async () => {
  const program = fileURLToPath(new URL('exhausted-server.ts', import.meta.url))
  const { stdout, stderr } = await promisify(execFile)('/bin/sh', [
    ...['-c', 'ulimit -n 64 && exec "$@"', 'sh'],
    ...[process.execPath, program],
  ])
  expect({ stdout, stderr }).toEqual({ stdout: 'exit: spawn /bin/true EMFILE\n', stderr: '' })
})
