/** What the system lets a sandbox process do, tried from inside with Node's own means. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { buildChildProgram } from '../../../runtime/src/process/child-program.ts'
import { detectConfinement } from '../../../runtime/src/process/confinement.ts'

const forbidden = join(tmpdir(), `interlock-confinement-${process.pid}`)

/** Each expression runs in the process itself; `answer` takes what it came to. */
const trials = {
  'read a file': `fs.readFileSync('/etc/passwd')`,
  'list a folder': `fs.readdirSync('/')`,
  'read its own memory': `fs.openSync('/proc/self/mem')`,
  'read the environment of the server': `fs.readFileSync('/proc/' + process.ppid + '/environ')`,
  'write a file': `fs.writeFileSync(${JSON.stringify(forbidden)}, '')`,
  'start a process': `require('child_process').execFileSync('/bin/true')`,
  'start a thread': `new (require('worker_threads').Worker)('', { eval: true })`,
  'open the inspector': `require('inspector').open(0)`,
  'use WASI': `new (require('wasi').WASI)({ version: 'preview1' })`,
}

const program = (binary: string) => `
  const fs = require('fs')
  const results = {}
  for (const [name, code] of Object.entries(${JSON.stringify(trials)})) {
    try { eval(code); results[name] = 'worked' } catch (error) { results[name] = error.code }
  }
  results.environment = Object.keys(process.env).filter((name) => name !== 'PWD')
  results.binary = typeof require(${JSON.stringify(binary)}).ivm.Isolate
  results.sharedMemory = typeof require(${JSON.stringify(binary)}).ivm.SharedArrayBuffer
  const socket = new (require('net').Socket)({ fd: 3 })
  const tryNet = (done) => require('net').connect(9, '127.0.0.1').on('error', (error) => done(error.code)).on('connect', () => done('worked'))
  tryNet((code) => { results['open a connection'] = code; socket.end(JSON.stringify(results)) })
`

const tryAll = async (): Promise<Record<string, unknown>> => {
  const { binary } = await buildChildProgram()
  const confinement = await detectConfinement()
  const [command, ...args] = confinement.commandFor(binary)
  const child = spawn(command, args, { cwd: '/', env: {}, stdio: ['pipe', 'ignore', 'inherit', 'pipe'] })
  child.stdin?.end(program(binary))
  let text = ''
  for await (const chunk of child.stdio[3] as Socket) text += chunk
  return JSON.parse(text)
}

test('nothing but the one binary is within reach', async () => {
  const denied = Object.fromEntries(
    [...Object.keys(trials), 'open a connection'].map((name) => [name, 'ERR_ACCESS_DENIED']),
  )
  expect(await tryAll()).toEqual({ ...denied, environment: [], binary: 'function', sharedMemory: 'undefined' })
  expect(existsSync(forbidden)).toBe(false)
})

/** Nothing but the system stands between this program and the network: Node would let it connect. */
const connecting = (port: number) => `
  require('net').connect(${port}, '127.0.0.1').on('error', ({ code }) => say(code)).on('connect', () => say('connected'))
  const interfaces = Object.keys(require('os').networkInterfaces())
  const say = (word) => { process.stdout.write(JSON.stringify([word, interfaces])); process.exit() }`

const answerOf = async (command: string, ...args: string[]): Promise<unknown> =>
  JSON.parse((await promisify(execFile)(command, args)).stdout)

/** What stands in front of Node in a sandbox process's command line. */
const surroundings = async (): Promise<string[]> => {
  const command = (await detectConfinement()).commandFor('')
  return command.slice(0, command.indexOf(process.execPath))
}

const hasNetworkLayer = (await detectConfinement()).layers.some(({ name, active }) => name === 'network' && active)

test.runIf(hasNetworkLayer)('without the permission model there still is no network to reach', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const node = [process.execPath, '-e', connecting((server.address() as AddressInfo).port)] as const
  const [env = '', ...rest] = [...(await surroundings()), ...node]
  expect(await answerOf(...node)).toEqual(['connected', expect.arrayContaining(['lo'])])
  expect(await answerOf(env, ...rest)).toEqual(['ENETUNREACH', []])
  server.close()
})

test.runIf(process.platform === 'linux')(
  'a sandbox process has no rights of root, and no way to new ones',
  async () => {
    const [command = '', ...args] = [...(await surroundings()), '/bin/cat', '/proc/self/status']
    const { stdout } = await promisify(execFile)(command, args)
    expect(stdout).toMatch(/^CapEff:\s+0+$/m)
    expect(stdout).toMatch(/^NoNewPrivs:\s+1$/m)
  },
)

test.runIf(process.platform === 'linux')(
  'the layers keep the pid: who is watched and killed is the process itself',
  async () => {
    const [command = '', ...args] = [...(await surroundings()), '/bin/sh', '-c', 'echo $$']
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [output] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
    expect(Number(output)).toBe(child.pid)
  },
)

test('a layer that the system does not have is left out and reported', async () => {
  const { layers, commandFor } = await detectConfinement([
    { name: 'missing', reason: 'There is no such program.', wraps: [['/nowhere/to/be/found'], ['/bin/false']] },
    { name: 'second-best', reason: 'Its first way fails.', wraps: [['/bin/false'], ['/usr/bin/env']] },
  ])
  expect(layers.map(({ name, active }) => [name, active])).toEqual([
    ['missing', false],
    ['second-best', true],
  ])
  expect(commandFor('').slice(0, 2)).toEqual(['/usr/bin/env', process.execPath])
})

test.runIf(process.platform === 'linux')('Linux has every layer', async () => {
  const { layers } = await detectConfinement()
  expect(layers.filter(({ active }) => !active)).toEqual([])
  expect(layers.every(({ reason }) => reason.length > 20)).toBe(true)
})
