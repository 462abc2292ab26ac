/** The page on the management API does what it says: its commands are typed, one after the other, at the demo of `npm start`. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createJsonApi, type JsonApi } from '../../runtime/src/cli/dev/json-api.ts'
import { openRegistry, type TestRegistry } from '../support/registry.ts'
import { operatorToken } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { createVisitor } from '../support/visitor.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const page = readFileSync(here('../../docs/management-api.md'), 'utf8')
const [token = '', ...blocks] = [...page.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block = '']) => block)

let cwd: string
let port: number
let server: ServerProcess
let registry: TestRegistry
let api: JsonApi

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'interlock-management-page-'))
  const dataDir = join(cwd, 'data')
  port = await freePort()
  registry = await openRegistry()
  registry.publishInstalled('dayjs')
  server = await startServerProcess({ port, dataDir, environment: { NPM_REGISTRY_URL: registry.url } })
  const env = { PORT: String(port), DATA_DIR: dataDir, OPERATOR_TOKEN: operatorToken }
  await promisify(execFile)(process.execPath, [here('../../script/demo.ts')], { env })
  const { managementClient } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
  api = createJsonApi(`http://localhost:${port}`, managementClient)
  const [, file = '', code = ''] = /```js\n\/\/ ([\w.-]+)\n([\s\S]*?)```/.exec(page) ?? []
  writeFileSync(join(cwd, file), code)
}, 60_000)
afterAll(async () => {
  await server?.kill()
  await registry?.close()
  rmSync(cwd, { recursive: true, force: true })
})

/** Opens a reset of the demo's user up to its first challenge. Answers the id of the execution. */
const runActions = async (): Promise<string> => {
  const { user } = JSON.parse(readFileSync(join(cwd, 'data/demo.json'), 'utf8'))
  const { ticket } = await api.call<{ ticket: string }>('POST', '/tickets/password-change', { user_id: user.user_id })
  const { host, pathname, search } = new URL(ticket)
  const visitor = createVisitor({ port, host })
  await visitor.get(pathname + search)
  await visitor.submit('/u/reset-password')
  return vi.waitFor(async () => {
    const [entry] = await api.call<{ details: { actions: { executions: string[] } } }[]>(
      'GET',
      '/logs?q=type:gd_start_auth',
    )
    const execution = entry?.details.actions.executions[0]
    if (execution === undefined) throw new Error('There is no entry yet.')
    return execution
  }, 10_000)
}

interface Named {
  name: string
  id: string
  client_id: string
}

/** What stands for an id on the page, by what its reader has made before. */
const ids: Record<string, () => Promise<string | undefined>> = {
  '<client_id>': async () => {
    const clients = await api.call<Named[]>('GET', '/clients')
    return clients.find(({ name }) => name === 'Robot')?.client_id
  },
  '<id>': async () => {
    const { actions } = await api.call<{ actions: Named[] }>('GET', '/actions/actions')
    return actions.find(({ name }) => name === 'my-action')?.id
  },
  '<executionId>': runActions,
}

const type = async (commands: string): Promise<string> => {
  let typed = commands
  for (const [place, find] of Object.entries(ids)) {
    if (typed.includes(place)) typed = typed.replaceAll(place, String(await find()))
  }
  const script = `set -euo pipefail\n${token.replaceAll('localhost:3000', `localhost:${port}`)}\n${typed}`
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env: { PATH: process.env.PATH } })
  return stdout
}

test('every command of the page is answered as it is typed, and none is refused', { timeout: 60_000 }, async () => {
  expect(blocks.length).toBeGreaterThanOrEqual(10)
  const answers: string[] = []
  for (const block of blocks) {
    const answer = await type(block)
    expect(answer, block).not.toMatch(/"statusCode":|"status":"failed"/)
    expect(answer.trim(), block).not.toBe('')
    answers.push(answer)
  }
  const all = answers.join('\n')
  expect(all).toContain('"text": "plan gold"')
  expect(all).toContain('"name":"dayjs"')
})
