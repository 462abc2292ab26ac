import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tlsSettings } from '../../script/setup/tls-settings.mjs'
import { operatorToken } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'

const script = fileURLToPath(new URL('../../script/demo.ts', import.meta.url))

let dataDir: string
let server: ServerProcess | undefined

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-demo-'))
})
afterAll(async () => {
  await server?.kill()
  await rm(dataDir, { recursive: true, force: true })
})

type Settings = Awaited<ReturnType<typeof tlsSettings>>

const startOn = async (port: number, settings: Settings = { server: {}, demo: {} }): Promise<string> => {
  await server?.stop()
  server = await startServerProcess({ port, dataDir, environment: settings.server })
  const env = {
    PORT: String(port),
    DATA_DIR: dataDir,
    OPERATOR_TOKEN: operatorToken,
    ...settings.server,
    ...settings.demo,
  }
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env })
  return stdout
}

const links = (guide: string): string[] => [...guide.matchAll(/https?:\/\/\S+/g)].map(([link]) => link).slice(1)
const statusOf = async (link: string): Promise<number> => (await fetch(link)).status

test('every link the demo prints opens, also after a start on another port; its mails may be in its own words', async () => {
  for (const port of [await freePort(), await freePort()]) {
    const printed = links(await startOn(port))
    expect(printed).toHaveLength(3)
    expect(await Promise.all(printed.map(statusOf))).toEqual([200, 200, 200])
    const headers = { authorization: `Bearer ${operatorToken}` }
    const demo = await fetch(`http://localhost:${port}/operator/v1/tenants/demo`, { headers })
    expect(await demo.json()).toMatchObject({ mail_templates: 'any-server' })
  }
})

test('a demo that moves to https prints its links that way, and how to trust them', async () => {
  const tls = await tlsSettings(['--tls'], { DATA_DIR: dataDir })
  const certFile = join(dataDir, 'tls/certificate.pem')
  const port = await freePort()
  const said = await startOn(port, tls)
  expect(said).toContain(`NODE_EXTRA_CA_CERTS=${certFile}`)
  const dispatcher = new Agent({ connect: { ca: readFileSync(certFile) } })
  const printed = links(said)
  expect(printed).toHaveLength(3)
  for (const link of printed) {
    expect(link).toContain(`https://localhost:${port}/`)
    expect((await request(link, { dispatcher })).statusCode).toBe(200)
  }
  await dispatcher.close()
})

test('with a throw-away certificate the server still trusts the authorities that the machine names', async () => {
  const named = { NODE_EXTRA_CA_CERTS: '/etc/company.pem' }
  const { server } = await tlsSettings(['--tls'], { DATA_DIR: dataDir, ...named })
  expect({ ...named, ...server }).toMatchObject(named)
  expect(server).toHaveProperty('TLS_CERT_FILE')
})

test('a demo that was cut short says how to begin anew', async () => {
  await rm(join(dataDir, 'demo.json'))
  const said = await startOn(await freePort())
  expect(said).toContain(`end the server and remove ${dataDir}`)
})
