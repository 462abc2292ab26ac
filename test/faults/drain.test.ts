/** A service manager stops the server while an action runs: the run is not lost, and its user goes on with the next server. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { createTenant } from '../support/tenant.ts'

let dataDir: string
const started: ServerProcess[] = []
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-drain-'))
})
afterAll(async () => {
  for (const server of started) await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

const start = async (port: number): Promise<ServerProcess> => {
  const environment = { EGRESS_ALLOW_CIDRS: '127.0.0.1/32' }
  const server = await startServerProcess({ port, dataDir, environment })
  started.push(server)
  return server
}

test('SIGTERM lets the run end, takes no new request, and exits with 0', async () => {
  const serverPort = await freePort()
  const server = await start(serverPort)
  const asked = Promise.withResolvers<() => void>()
  // What the action waits for: it is answered once the server has been told to stop.
  const gate = createServer((_, response) => asked.resolve(() => response.end('go on'))).listen(0, '127.0.0.1')
  await once(gate, 'listening')
  const tenant = await createTenant(server)
  const { port } = gate.address() as AddressInfo
  await tenant.bind(onExecute(`await fetch('http://127.0.0.1:${port}/')`))
  const visitor = tenant.visitor()
  // The browser is sent on to the next page, where nobody listens any more.
  const reset = openReset(tenant, await tenant.addUser(), visitor).catch(({ code }) => code)
  const goOn = await asked.promise

  const stopped = server.stop()
  const isServed = async () => {
    const { statusCode, body } = await request(`http://127.0.0.1:${serverPort}/healthz`)
    await body.dump()
    return statusCode === 200
  }
  await expect.poll(() => isServed().catch(() => false)).toBe(false)
  goOn()
  expect(await stopped).toBe(0)
  expect(await reset).toBe('ECONNREFUSED')
  gate.close()

  await start(serverPort)
  expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('new-password')
})
