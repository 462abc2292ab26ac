/**
 * The same action in plain Node and in a real sandbox comes to the same: commands, console, requests, ending. What Node
 * does is the expectation, so no result is written down here. Each file in `actions` is one action in a style of real
 * authors; its first line says what it promises.
 */
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PlainNode, startPlainNode } from './in-node.ts'
import { openSandbox, type Sandbox } from './in-sandbox.ts'
import { knownDifferences } from './intended-differences.ts'
import { startTarget, type Target } from './target.ts'
import { type Plot, tell } from './tell.ts'

const folder = fileURLToPath(new URL('actions/', import.meta.url))
const files = readdirSync(folder).toSorted()
const promiseOf = (file: string): string => /^\/\/ (.+)/.exec(readFileSync(folder + file, 'utf8'))?.[1] ?? ''

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const secrets = { API_KEY: 'k-123', PRIVATE_KEY: privateKey, PUBLIC_KEY: publicKey }

let node: PlainNode
let sandbox: Sandbox
let target: Target
beforeAll(async () => {
  ;[node, sandbox, target] = await Promise.all([startPlainNode(), openSandbox(), startTarget()])
})
afterAll(async () => {
  await Promise.all([node.close(), sandbox.close()])
  await target.close()
})

const plotOf = (path: string): Plot => ({ file: path, secrets })

test('there are at least 60 actions, each with its promise', () => {
  expect(files.length).toBeGreaterThanOrEqual(60)
  expect(files.filter((file) => promiseOf(file) === '')).toEqual([])
})

describe('in plain Node and in the sandbox alike', () => {
  const alike = files.filter((file) => !Object.hasOwn(knownDifferences, file))
  test.each(alike.map((file) => [promiseOf(file), file] as const))('%s (%s)', async (_, file) => {
    const inNode = await tell(node.run, target, plotOf(folder + file))
    const inSandbox = await tell(sandbox.run, target, plotOf(folder + file))
    expect(inSandbox).toEqual(inNode)
  })
})

test.each(Object.entries(knownDifferences))('%s differs: %s', async (file) => {
  const inNode = await tell(node.run, target, plotOf(folder + file))
  const inSandbox = await tell(sandbox.run, target, plotOf(folder + file))
  expect(inSandbox).not.toEqual(inNode)
})

/** The same story told of two sources: what follows would be worthless if any of these went unseen. */
describe('a difference is found', () => {
  const body = (text: string) => `exports.onExecutePostChallenge = async (event, api) => { ${text} }`
  test.each([
    ['in a command', `api.access.deny('a')`, `api.access.deny('b')`],
    ['in a command that is missing', `api.access.deny('a')`, ''],
    ['in what is printed', `console.log('a')`, `console.log('b')`],
    ['in the level', `console.warn('a')`, `console.log('a')`],
    [
      'in the path of a request',
      `await fetch(event.secrets.ORIGIN + '/a')`,
      `await fetch(event.secrets.ORIGIN + '/b')`,
    ],
    [
      'in a header',
      `await fetch(event.secrets.ORIGIN, { headers: { 'user-agent': 'mine' } })`,
      `await fetch(event.secrets.ORIGIN, { headers: { 'user-agent': 'other' } })`,
    ],
    [
      'in a body',
      `await fetch(event.secrets.ORIGIN, { method: 'PUT', body: 'a' })`,
      `await fetch(event.secrets.ORIGIN, { method: 'PUT', body: 'b' })`,
    ],
    ['in the ending', `throw new Error('a')`, ''],
    ['in the class of an error', `throw new TypeError('a')`, `throw new RangeError('a')`],
    ['in the code of an error', `throw Object.assign(new Error('a'), { code: 'A' })`, `throw new Error('a')`],
    [
      'in the life of a token',
      `console.log(api.redirect.encodeToken({ secret: 's', payload: {}, expiresInSeconds: 5 }))`,
      `console.log(api.redirect.encodeToken({ secret: 's', payload: {}, expiresInSeconds: 6 }))`,
    ],
  ])('%s', async (_, one, other) => {
    const drafts = await mkdtemp(join(tmpdir(), 'differential-'))
    const [first, second] = [join(drafts, 'one.js'), join(drafts, 'other.js')]
    await writeFile(first, body(one))
    await writeFile(second, body(other))
    const story = await tell(node.run, target, plotOf(first))
    expect(await tell(sandbox.run, target, plotOf(first))).toEqual(story)
    expect(await tell(sandbox.run, target, plotOf(second))).not.toEqual(story)
    await rm(drafts, { recursive: true })
  })
})
