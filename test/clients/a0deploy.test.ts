/** A tenant's actions as files: imported, exported, imported again and cleared away by the vendor's deploy tool. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ManagementClient } from 'auth0'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportFolder, importFolder } from '../support/a0deploy.ts'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, managementClient, triggerId } from '../support/management-client.ts'

const files = fileURLToPath(new URL('tenant', import.meta.url))
const only = ['actions', 'triggers']

/** Before its first request the tool compiles a schema of its own for a quarter of a minute, or longer beside other tests. */
const timeout = 180_000

let site: ClientSite
let management: ManagementClient
let folder: string

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
  folder = await mkdtemp(join(tmpdir(), 'interlock-a0deploy-'))
})
afterAll(async () => {
  await site.stop()
  await rm(folder, { recursive: true })
})

type Contents = Record<string, unknown>

/** What the files below a folder say, by their paths. */
const contentsOf = async (root: string): Promise<Contents> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const read = async (path: string) => {
    const text = await readFile(path, 'utf8')
    return [path.slice(root.length + 1), extname(path) === '.json' ? JSON.parse(text) : text] as const
  }
  return Object.fromEntries(await Promise.all(paths.map(read)))
}

/** Values of secrets do not come back. */
const withoutSecretValues = (contents: Contents): Contents =>
  JSON.parse(JSON.stringify(contents, (name, value) => (name === 'value' ? undefined : value)))

const actionsByName = async () =>
  new Map((await allOf(management.actions.list())).map((action) => [action.name ?? '', action]))

const boundNames = async () => {
  const bindings = await allOf(management.actions.triggers.bindings.list(triggerId))
  return bindings.map(({ action, display_name }) => [action?.name, display_name])
}

const inOrder = [
  ['send-to-a-verifier', 'Verify the person'],
  ['ask-for-a-key', 'Ask for a key'],
]

test('an import makes the actions, deploys them and binds them in their order', { timeout }, async () => {
  await importFolder(site, files, { only })
  const actions = await actionsByName()
  expect([...actions.keys()].toSorted()).toEqual(['ask-for-a-key', 'send-to-a-verifier'])
  for (const action of actions.values()) {
    expect(action).toMatchObject({ all_changes_deployed: true, deployed_version: { number: 1, deployed: true } })
  }
  expect(await boundNames()).toEqual(inOrder)
})

test('an export writes the folder again', { timeout }, async () => {
  await exportFolder(site, join(folder, 'exported'), { only })
  expect(await contentsOf(join(folder, 'exported'))).toEqual(withoutSecretValues(await contentsOf(files)))
})

/** Each import deploys what it finds, so there is one more version of each action, which says the same. */
test('an import of that export leaves everything as it was, secrets included', { timeout }, async () => {
  const before = await actionsByName()
  await importFolder(site, join(folder, 'exported'), { only })
  const after = await actionsByName()
  for (const [name, { id, code, secrets, deployed_version }] of before) {
    const now = after.get(name)
    expect(now).toMatchObject({ id, code, secrets, all_changes_deployed: true })
    expect(now?.deployed_version).toMatchObject({ number: 2, code: deployed_version?.code, secrets })
  }
  expect(after.size).toBe(before.size)
  expect(await boundNames()).toEqual(inOrder)
})

test('an import that may delete takes away what is not in the folder, bound or not', { timeout }, async () => {
  const { id: unbound } = await management.actions.create({
    name: 'made-by-hand',
    supported_triggers: [{ id: triggerId, version: 'v1' }],
    code: 'exports.onExecutePostChallenge = async () => {}',
  })
  const smaller = join(folder, 'smaller')
  await cp(files, smaller, { recursive: true, filter: (path) => !path.includes('send-to-a-verifier') })
  await rm(join(smaller, 'triggers'), { recursive: true })
  await importFolder(site, smaller, { only, allowDelete: true })
  const left = await actionsByName()
  expect([...left.keys()]).toEqual(['ask-for-a-key'])
  await expect(management.actions.get(unbound ?? '')).rejects.toMatchObject({ statusCode: 404 })
  expect(await boundNames()).toEqual([['ask-for-a-key', 'Ask for a key']])
})
