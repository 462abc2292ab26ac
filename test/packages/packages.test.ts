/**
 * What authors require does real work in the sandbox, and the same as in plain Node: each file in `actions` is an action
 * for one package, with its operations; its first lines name the packages, and under which name each is installed here:
 * one such line for each version that is tried.
 */
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDependencies } from '@interlock/runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PlainNode, startPlainNode } from '../differential/in-node.ts'
import { openSandbox, type Sandbox } from '../differential/in-sandbox.ts'
import { startTarget, type Target } from '../differential/target.ts'
import { type Plot, tell } from '../differential/tell.ts'
import { openRegistry, type TestRegistry } from '../support/registry.ts'
import { packageRoutes } from './target-routes.ts'

const actions = fileURLToPath(new URL('actions/', import.meta.url))

interface Subject {
  file: string
  /** Names in the action, and what they are called in the tests' manifest. */
  packages: [name: string, installed: string][]
  operations: string[]
}

const toSubjects = (file: string): Subject[] => {
  const lines = readFileSync(actions + file, 'utf8').split('\n')
  const operations = lines.flatMap((line) => /^ {2}async '(.+)'\(/.exec(line)?.slice(1) ?? [])
  const headings = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith('// ')),
  )
  return headings.map((heading) => ({ file, packages: toPackages(heading.slice(3)), operations }))
}
const toPackages = (heading: string): Subject['packages'] =>
  heading.split(' ').map((text) => {
    const [name = '', installed = name] = text.split('=')
    return [name, installed]
  })
const subjects = readdirSync(actions).toSorted().flatMap(toSubjects)

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

let node: PlainNode
let sandbox: Sandbox
let target: Target
let registry: TestRegistry
let folder: string
beforeAll(async () => {
  ;[node, target, registry] = await Promise.all([
    startPlainNode(),
    startTarget(packageRoutes(publicKey)),
    openRegistry(),
  ])
  folder = await mkdtemp(join(tmpdir(), 'packages-'))
  // All before the first build: what a registry has said of a package is believed for a while.
  for (const { packages } of subjects) for (const [, installed] of packages) registry.publishInstalled(installed)
  const dependencies = createDependencies({ registryUrl: registry.url, folder, cacheBytes: 268_435_456 })
  sandbox = await openSandbox({ dependencies, toDependency: (installed) => registry.publishInstalled(installed) })
})
afterAll(async () => {
  await Promise.all([node.close(), sandbox.close()])
  await Promise.all([target.close(), registry.close(), rm(folder, { recursive: true })])
})

const plotOf = ({ file, packages }: Subject, operation: string): Plot => ({
  file: actions + file,
  aliases: Object.fromEntries(packages),
  secrets: {
    OPERATION: operation,
    API_KEY: 'k-123',
    PRIVATE_KEY: privateKey,
    PUBLIC_KEY: publicKey,
    NOBODY: 'http://127.0.0.1:49',
  },
})

const namesOf = ({ packages }: Subject) => packages.map(([, installed]) => installed).join(', ')

describe.each(subjects.map((subject) => [namesOf(subject), subject] as const))('%s', (_, subject) => {
  test.each(subject.operations)('%s', async (operation) => {
    const inNode = await tell(node.run, target, plotOf(subject, operation))
    expect(inNode).toMatchObject([{ ending: 'completed' }])
    expect(await tell(sandbox.run, target, plotOf(subject, operation))).toEqual(inNode)
  })
})
