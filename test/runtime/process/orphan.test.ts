import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const exists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('no sandbox process outlives a server that was killed, not even one that is stuck', async () => {
  const script = fileURLToPath(new URL('orphan-server.ts', import.meta.url))
  const server = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string]
  const pids: number[] = JSON.parse(line)
  expect(pids.length).toBeGreaterThanOrEqual(2)
  expect(pids.every(exists)).toBe(true)

  server.kill('SIGKILL')
  await once(server, 'exit')
  await expect.poll(() => pids.filter(exists), { timeout: 5_000, interval: 20 }).toEqual([])
})
