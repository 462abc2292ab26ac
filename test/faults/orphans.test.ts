/** The whole server is killed while actions run: none of its sandbox processes stays behind. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { openReset } from '../support/reset.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { createTenant } from '../support/tenant.ts'

let dataDir: string
let server: ServerProcess
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-orphans-'))
  server = await startServerProcess({ port: await freePort(), dataDir })
})
afterAll(async () => {
  await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

/** proc(5): the fourth field of `stat` is the parent. */
const parentOf = (pid: string): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
const childrenOf = (pid: number): string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)

const exists = (pid: string): boolean => readdirSync('/proc').includes(pid)

test('neither one that waits nor one that is stuck outlives it', async () => {
  for (const body of [
    `await new Promise((done) => setTimeout(done, 20_000))`,
    `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`,
  ]) {
    const tenant = await createTenant(server)
    await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { cpuMs: 20_000, wallMs: 60_000 })
    await tenant.bind(onExecute(body))
    // Answered by nobody: the server dies first.
    openReset(tenant, await tenant.addUser()).catch(() => {})
  }
  await expect.poll(() => childrenOf(server.pid).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
  const children = childrenOf(server.pid)
  await server.kill()
  await expect.poll(() => children.filter(exists), { timeout: 10_000, interval: 20 }).toEqual([])
})
