/** `interlock dev` against a server in a process of its own: what an author sees from one save to the next. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createJsonApi, type JsonApi } from '../../../runtime/src/cli/dev/json-api.ts'
import { answers } from '../../../runtime/src/cli/dev/local-server.ts'
import { throwAwayCertificate } from '../../../script/setup/certificate.mjs'
import { startHttpTarget } from '../../support/http-target.ts'
import { interlock, type StartedCommand, startInterlock } from '../../support/interlock-cli.ts'
import { openRegistry, type TestRegistry } from '../../support/registry.ts'
import { operatorToken } from '../../support/server.ts'
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts'
import { freePort } from '../../support/services.ts'
import { createVisitor } from '../../support/visitor.ts'

const demoScript = fileURLToPath(new URL('../../../script/demo.ts', import.meta.url))

let dataDir: string
let folder: string
let port: number
let server: ServerProcess
let api: JsonApi
let registry: TestRegistry
const open: StartedCommand[] = []

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'interlock-dev-'))
  port = await freePort()
  registry = await openRegistry()
  registry.publish({ name: 'greet', files: { 'index.js': `module.exports = () => 'from a package'` } })
  server = await startServerProcess({
    port,
    dataDir,
    environment: { NPM_REGISTRY_URL: registry.url, EGRESS_ALLOW_CIDRS: '127.0.0.0/8' },
  })
  const env = { PORT: String(port), DATA_DIR: dataDir, OPERATOR_TOKEN: operatorToken }
  await promisify(execFile)(process.execPath, [demoScript], { env })
  const { managementClient } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
  api = createJsonApi(`http://localhost:${port}`, managementClient)
  folder = mkdtempSync(join(tmpdir(), 'interlock-actions-'))
})
afterEach(async () => {
  for (const command of open.splice(0)) {
    command.child.kill('SIGTERM')
    await command.ended
  }
})
afterAll(async () => {
  await server?.kill()
  await registry?.close()
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})

const write = (file: string, content: string): void => {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  writeFileSync(join(folder, file), content)
}

const greeting = (body: string): string =>
  `export const onExecutePostChallenge = async (event: { secrets: { PLAN: string } }, api: any) => {\n  ${body}\n}\n`

const devIn = (env: Record<string, string>, ...args: string[]): StartedCommand => {
  const command = startInterlock(['dev', folder, ...args], {
    env: { PORT: String(port), DATA_DIR: dataDir, ...env },
  })
  open.push(command)
  return command
}
const dev = (...args: string[]): StartedCommand => devIn({}, ...args)

const boundNames = async (): Promise<string[]> => {
  const { bindings } = await api.call<{ bindings: { display_name: string }[] }>(
    'GET',
    '/actions/triggers/password-reset-post-challenge/bindings',
  )
  return bindings.map(({ display_name }) => display_name)
}

/** The newest link it has printed, or a new one. */
const followReset = async (printed = '') => {
  const [link] = [...printed.matchAll(/(?<=a reset of demo@example\.com: )\S+/g)].at(-1) ?? []
  const { user } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
  const made = link ?? (await api.call<{ ticket: string }>('POST', '/tickets/password-change', user_id(user))).ticket
  const { host, pathname, search } = new URL(made)
  const visitor = createVisitor({ port, host })
  await visitor.get(pathname + search)
  return visitor.submit('/u/reset-password')
}
const user_id = ({ user_id }: { user_id: string }) => ({ user_id })

/** What systems open a link with, put before theirs on the path: it tells the test what it was asked to open. */
const startBrowserOfTests = async () => {
  const links: string[] = []
  const first = Promise.withResolvers<string>()
  const listener = createServer((request, response) => {
    const link = new URL(request.url ?? '', 'http://localhost').searchParams.get('link') ?? ''
    links.push(link)
    first.resolve(link)
    response.end()
  })
  await once(listener.listen(0, '127.0.0.1'), 'listening')
  const { port: told } = listener.address() as AddressInfo
  const bin = mkdtempSync(join(tmpdir(), 'interlock-browser-'))
  const program = `fetch('http://127.0.0.1:${told}/?link=' + encodeURIComponent(process.argv[2]))`
  for (const name of ['xdg-open', 'open'])
    writeFileSync(join(bin, name), `#!${process.execPath}\n${program}`, { mode: 0o755 })
  return {
    links,
    env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
    firstOpened: first.promise,
    close: () => {
      rmSync(bin, { recursive: true })
      listener.close()
    },
  }
}

describe('interlock dev', () => {
  test('deploys, binds, tells what runs do, and keeps what was live when a save does not build', async () => {
    write('greet/action.ts', greeting(`console.log('plan', event.secrets.PLAN); api.access.deny('not today')`))
    write('greet/secrets.json', '{ "PLAN": "gold" }')
    const command = dev()
    await command.wrote('greet: version 1 is live')
    await command.wrote('bound: greet')
    await command.wrote('a reset of demo@example.com: http')
    await command.wrote('\n')
    expect(await boundNames()).toEqual(['greet'])

    expect((await followReset(command.output())).text).toContain('not today')
    // By two connections: which of them comes first is not said.
    for (const text of ['greet onExecutePostChallenge completed (', 'log   plan gold'])
      await vi.waitFor(() => expect(command.output()).toContain(text), 10_000)

    write('greet/action.ts', greeting('const a b'))
    await command.wrote('greet does not build. The version before it stays live.')
    await command.wrote(`${join(folder, 'greet/action.ts')}:2:11: Expected ";" but found "b"\n    2 |   const a b`)
    expect((await followReset()).text).toContain('not today')
    await command.wrote('greet onExecutePostChallenge completed (')

    write('greet/action.ts', greeting(`throw new Error('on line two')`))
    await command.wrote('greet: version 2 is live')
    await command.wrote('a reset of demo@example.com: http')
    await command.wrote('\n')
    await followReset(command.output())
    await command.wrote('greet onExecutePostChallenge threw (')
    await command.wrote(`Error: on line two`)
    await command.wrote(`${join(folder, 'greet/action.ts')}:2:9`)

    write('greet/secrets.json', '{ "PLAN": "silver" }')
    await command.wrote('greet: version 3 is live')

    write('also/package.json', '{ "dependencies": { "greet": "^1.0.0" } }')
    write(
      'also/action.js',
      `const greet = require('greet')\nexports.onExecutePostChallenge = async (event, api) => api.access.deny(greet())`,
    )
    await command.wrote('also: version 1 is live')
    await command.wrote('bound: also, greet')
    expect(await boundNames()).toEqual(['also', 'greet'])
    // One of its own would be void as soon as this one is begun.
    await command.wrote('a reset of demo@example.com: http')
    await command.wrote('\n')
    expect((await followReset(command.output())).text).toContain('from a package')
  })

  test('shows what an action prints while it runs, and not again when it has ended', async () => {
    const { promise: asked, resolve } = Promise.withResolvers<() => void>()
    // Bound before it, it would deny.
    rmSync(join(folder, 'also'), { recursive: true, force: true })
    const target = await startHttpTarget((_request, response) => resolve(() => response.end()))
    write('greet/action.ts', greeting(`console.log('before'); await fetch('${target.origin}'); console.error('after')`))
    const command = dev()
    await command.wrote('a reset of demo@example.com: http')
    await command.wrote('\n')
    const reset = followReset(command.output())
    await command.wrote('greet: log   before\n')
    const answer = await asked
    answer()
    await reset
    for (const text of ['greet onExecutePostChallenge completed (', 'error after'])
      await vi.waitFor(() => expect(command.output()).toContain(text), 10_000)
    command.child.kill('SIGTERM')
    const { stdout } = await command.ended
    expect(stdout.match(/before|after/g)).toEqual(['before', 'after'])
    await target.close()
  })

  test('binds what was bound before when it ends', async () => {
    write('greet/action.ts', greeting(''))
    const before = await boundNames()
    const command = dev()
    await command.wrote('bound: ')
    expect(await boundNames()).not.toEqual(before)
    command.child.kill('SIGINT')
    expect((await command.ended).code).toBe(0)
    expect(await boundNames()).toEqual(before)
    expect(before).toEqual(['seed-webauthn-challenge'])
  })

  test('--open hands the link of a fresh reset to the system’s browser, once', async () => {
    write('greet/action.ts', greeting(`api.access.deny('not today')`))
    const browser = await startBrowserOfTests()
    const command = devIn(browser.env, '--open')
    const { host, pathname, search } = new URL(await browser.firstOpened)
    const visitor = createVisitor({ port, host })
    await visitor.get(pathname + search)
    expect((await visitor.submit('/u/reset-password')).text).toContain('gave this reason')

    write('greet/action.ts', greeting(`api.access.deny('nor tomorrow')`))
    await command.wrote('greet: version')
    await command.wrote('greet: version')
    await command.wrote('a reset of demo@example.com: http')
    command.child.kill('SIGTERM')
    expect((await command.ended).code).toBe(0)
    expect(browser.links).toHaveLength(1)
    browser.close()
  })

  test.each([
    [['nowhere'], 'There is no folder nowhere.'],
    [['docs'], 'There is no action in docs'],
    [['$folder', '--server', 'http://127.0.0.1:9'], '--server: nothing answers at http://127.0.0.1:9.'],
    [['$folder', '--server', '$server'], 'INTERLOCK_CLIENT_ID and INTERLOCK_CLIENT_SECRET'],
  ])('%j is refused with 2 and the reason', async (args, reason) => {
    const given = args.map((arg) => arg.replace('$folder', folder).replace('$server', `http://localhost:${port}`))
    const { code, stderr } = await interlock(['dev', ...given])
    expect(stderr).toContain(reason)
    expect(code).toBe(2)
  })

  test('a package.json that is no JSON is named before anything is deployed', async () => {
    const broken = join(folder, 'not-watched', 'broken')
    write('not-watched/broken/action.ts', greeting(''))
    write('not-watched/broken/package.json', '{"dependencies":{')
    const { code, stderr } = await interlock(['dev', broken], {
      env: { PORT: String(port), DATA_DIR: dataDir },
    })
    expect(stderr).toContain(`${join(broken, 'package.json')}: This is no JSON`)
    expect(stderr).not.toMatch(/\n +at /)
    expect(code).toBe(2)
  })

  test('a client of the environment may be anybody’s, and a wrong one is told', async () => {
    const { managementClient } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
    const env = { INTERLOCK_CLIENT_ID: managementClient.client_id, INTERLOCK_CLIENT_SECRET: 'wrong' }
    const args = ['dev', folder, '--server', `http://localhost:${port}`]
    const refused = await interlock(args, { env })
    expect(refused.stderr).toContain('POST /oauth/token was answered with 401')
    expect(refused.code).toBe(2)

    const command = startInterlock(args, {
      env: { ...env, INTERLOCK_CLIENT_SECRET: managementClient.client_secret },
    })
    open.push(command)
    await command.wrote('is live')
    await command.wrote(`Ask for a reset at http://localhost:${port}/u/reset-password/request`)
  })

  test('finds the server of the last start at its port, and by https with its throw-away certificate', {
    timeout: 60_000,
  }, async () => {
    write('greet/action.ts', greeting(''))
    const elsewhere = String(await freePort())
    const first = devIn({ PORT: elsewhere })
    await first.wrote(`a reset of demo@example.com: http://localhost:${port}/`)
    expect(first.output()).not.toContain('starting one')

    const secureData = mkdtempSync(join(tmpdir(), 'interlock-dev-tls-'))
    const { certFile, keyFile } = await throwAwayCertificate({ DATA_DIR: secureData })
    const tls = { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile }
    const securePort = await freePort()
    const secure = await startServerProcess({ port: securePort, dataDir: secureData, environment: tls })
    const address = { PORT: String(securePort), DATA_DIR: secureData, OPERATOR_TOKEN: operatorToken }
    const env = { ...address, ...tls, NODE_EXTRA_CA_CERTS: certFile }
    await promisify(execFile)(process.execPath, [demoScript], { env })
    const second = devIn({ PORT: elsewhere, DATA_DIR: secureData })
    await second.wrote(`a reset of demo@example.com: https://localhost:${securePort}/`)
    second.child.kill('SIGTERM')
    await second.ended
    await secure.kill()
    rmSync(secureData, { recursive: true })
  })

  test('begins resets without the application of the demo once somebody has deleted it', async () => {
    write('greet/action.ts', greeting(''))
    const { clientId } = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8'))
    await api.call('DELETE', `/clients/${clientId}`)
    const command = dev()
    await command.wrote(`a reset of demo@example.com: http://localhost:${port}/`)
  })

  // A machine's first start installs what is missing.
  test('starts the server when none answers, and ends it', { timeout: 180_000 }, async () => {
    const other = await freePort()
    const origin = `http://localhost:${other}`
    const otherData = mkdtempSync(join(tmpdir(), 'interlock-dev-own-'))
    const command = startInterlock(['dev', folder], {
      env: { PORT: String(other), DATA_DIR: otherData, NPM_REGISTRY_URL: registry.url },
    })
    open.push(command)
    await command.wrote(`No server answers at ${origin}: starting one`)
    await command.wrote('is live')
    expect(await answers(origin)).toBe(true)
    command.child.kill('SIGTERM')
    expect((await command.ended).code).toBe(0)
    expect(await answers(origin)).toBe(false)
    rmSync(otherData, { recursive: true })
  })
})
