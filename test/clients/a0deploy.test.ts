/** A tenant's actions as files: imported, exported, imported again and cleared away by the vendor's deploy tool. */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ManagementClient } from 'auth0'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type Contents,
  contentsOf,
  exportFolder,
  importFolder,
  previewImport,
  importTimeout as timeout,
  withoutSecretValues,
} from '../support/a0deploy.ts'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, managementClient, newAction, triggerId } from '../support/management-client.ts'

const files = fileURLToPath(new URL('tenant', import.meta.url))
const only = ['actions', 'triggers']

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

/** The rest of the folder is not looked at when only actions and triggers are. */
const actionsOf = (contents: Contents): Contents =>
  Object.fromEntries(Object.entries(contents).filter(([path]) => /^(actions|triggers)\//.test(path)))

const actionsByName = async () =>
  new Map((await allOf(management.actions.list())).map((action) => [action.name ?? '', action]))

const boundNames = async () => {
  const bindings = await allOf(management.actions.triggers.bindings.list(triggerId))
  return bindings.map(({ action, display_name }) => [action?.name, display_name])
}

const ofWrites = { queryParams: { q: 'type:sapi' } }

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
  expect(await contentsOf(join(folder, 'exported'))).toEqual(actionsOf(withoutSecretValues(await contentsOf(files))))
})

test('an export as one file names the same', { timeout }, async () => {
  const target = join(folder, 'as-yaml')
  await mkdir(target)
  await exportFolder(site, target, { only, format: 'yaml' })
  const { 'tenant.yaml': tenant, ...code } = await contentsOf(target)
  expect(code).toEqual(
    Object.fromEntries(Object.entries(await contentsOf(files)).filter(([path]) => path.endsWith('code.js'))),
  )
  const bound = inOrder.map(([name, display]) => `    - action_name: ${name}\n      display_name: ${display}\n`)
  expect(tenant).toContain(`  ${triggerId}:\n${bound.join('')}`)
})

test('a dry run says what an import would change, and writes nothing', { timeout }, async () => {
  const { id = '' } = await management.actions.create({ ...newAction(), name: 'made-meanwhile' })
  const writes = async () => (await management.logs.list({ per_page: 1 }, ofWrites)).response.total
  const before = await writes()
  const preview = await previewImport(site, files, { only })
  expect(preview).toContain('Dry Run completed successfully')
  expect(preview).toMatch(/DELETE \*\s*│ made-meanwhile/)
  expect(await writes()).toBe(before)
  await management.actions.delete(id)
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
