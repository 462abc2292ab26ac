/** What the system lets a sandbox process do, tried from inside with Node's own means. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test.runIf(process.platform === 'linux')('Linux has every layer', async () => {
  const { layers } = await detectConfinement()
  expect(layers.filter(({ active }) => !active)).toEqual([])
  expect(layers.every(({ reason }) => reason.length > 20)).toBe(true)
})
