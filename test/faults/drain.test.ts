/** A service manager stops the server while an action runs: its user is served to the end, and nothing stays behind. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { createTenant } from '../support/tenant.ts'

let dataDir: string
let server: ServerProcess
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-drain-'))
  const environment = { EGRESS_ALLOW_CIDRS: '127.0.0.1/32' }
  server = await startServerProcess({ port: await freePort(), dataDir, environment })
})
afterAll(async () => {
  await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

const exists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('SIGTERM lets the run end, takes no new request, and exits with 0', async () => {
  const asked = Promise.withResolvers<() => void>()
  // What the action waits for: it is answered once the server has been told to stop.
  const gate = createServer((_, response) => asked.resolve(() => response.end('go on'))).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const tenant = await createTenant(server)
  const { port } = gate.address() as AddressInfo
  await tenant.bind(onExecute(`await fetch('http://127.0.0.1:${port}/')`))
  const user = await tenant.addUser()
  const reset = openReset(tenant, user)
  const goOn = await asked.promise

  const stopped = server.stop()
  await expect
    .poll(() =>
      tenant
        .visitor()
        .get('/healthz')
        .then(
          () => 'served',
          () => 'refused',
        ),
    )
    .toBe('refused')
  goOn()

  expect(stepOf((await reset).page)).toBe('new-password')
  expect(await stopped).toBe(0)
  expect(exists(server.pid)).toBe(false)
  gate.close()
})
