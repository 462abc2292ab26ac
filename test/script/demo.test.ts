import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

const startOn = async (port: number): Promise<string> => {
  await server?.stop()
  server = await startServerProcess({ port, dataDir })
  const env = { PORT: String(port), DATA_DIR: dataDir, OPERATOR_TOKEN: operatorToken }
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env })
  return stdout
}

const links = (guide: string): string[] => [...guide.matchAll(/http:\/\/\S+/g)].map(([link]) => link).slice(1)
const statusOf = async (link: string): Promise<number> => (await fetch(link)).status

test('every link the demo prints opens, also after a start on another port', async () => {
  for (const port of [await freePort(), await freePort()]) {
    const printed = links(await startOn(port))
    expect(printed).toHaveLength(3)
    expect(await Promise.all(printed.map(statusOf))).toEqual([200, 200, 200])
  }
})

test('a demo that was cut short says how to begin anew', async () => {
  await rm(join(dataDir, 'demo.json'))
  const said = await startOn(await freePort())
  expect(said).toContain(`end the server and remove ${dataDir}`)
})
