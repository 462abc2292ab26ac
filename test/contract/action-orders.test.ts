/**
 * Two clients at once, on two connections: whatever the interleaving, the answers and what is stored are those of one after
 * the other. Every pair of operations is tried, with the second one beginning a little later each time.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSqlBindingStore } from '../../server/src/stores/sql/action-binding-store.ts'
import { createSqlActionStore } from '../../server/src/stores/sql/action-store.ts'
import { createSqlActionVersionStore } from '../../server/src/stores/sql/action-version-store.ts'
import type { Database } from '../../server/src/stores/sql/database.ts'
import { addTenants, createDatabaseFile, type DatabaseFile } from '../support/database.ts'
import { now } from './engine.ts'

const trigger = 'password-reset-post-challenge'
const artifactOf = (code: string) => ({ hash: code, code, sourceMap: '{}', fileName: 'action.js' })
const everything = { offset: 0, limit: 100 }
/** Of the actions a tenant may have: there is room for one more. */
const most = 3
/** In turns of the microtask queue: each statement takes several, as SQLite answers at once. */
const headStarts = [0, 5, 25]

const storesOn = (db: Database) => ({
  actions: createSqlActionStore(db),
  versions: createSqlActionVersionStore(db),
  bindings: createSqlBindingStore(db),
})
type Stores = ReturnType<typeof storesOn>

let file: DatabaseFile
let db: Database
let nodes: readonly [Stores, Stores]
beforeAll(async () => {
  file = await createDatabaseFile()
  db = await file.open()
  const other = await file.open()
  // Nothing here has to survive a power failure.
  for (const handle of [db, other]) await sql`pragma synchronous = off`.execute(handle)
  nodes = [storesOn(db), storesOn(other)]
})
afterAll(() => file.remove())

let ids = 0
const deployment = () => ({ versionId: `version-${++ids}`, now, keep: 50, inUse: new Set<string>() })

const add = async ({ actions }: Stores, tenant: string, name: string) => {
  const content = { code: `${name} 1`, runtime: 'node22', secrets: [], dependencies: [] }
  return actions.create(tenant, { id: name, name, trigger, createdAt: now, ...content }, most)
}

const edit = (stores: Stores, tenant: string, change: { code?: string; name?: string }) =>
  stores.actions.edit(tenant, 'a', { now, change: () => change })

const build = async ({ actions }: Stores, tenant: string, id: string) => {
  const { draft } = (await actions.find(tenant, id))!
  const built = { status: 'built', artifact: artifactOf(draft.code), packages: [], warnings: [], now } as const
  await actions.noteBuild(tenant, { actionId: id, revision: draft.revision }, built)
}

const bind = ({ bindings }: Stores, tenant: string, names: readonly string[]) => {
  const wanted = names.map((value) => ({ id: `binding-${++ids}`, ref: { type: 'action_name' as const, value } }))
  return bindings.replace(tenant, trigger, { wanted, now })
}

const rollBack = async (stores: Stores, tenant: string, draft: 'stays' | 'becomes-it') => {
  const { items } = await stores.versions.list(tenant, 'a', everything)
  const of = items.find(({ number }) => number === 1)?.id ?? 'none'
  return stores.versions.deployCopy(tenant, 'a', { ...deployment(), of, draft })
}

/** `a` is live with its first version, and its second draft is built; `b` is live; both are bound. */
const prepare = async (tenant: string): Promise<void> => {
  const [stores] = nodes
  await addTenants(db, [tenant])
  for (const name of ['a', 'b']) {
    await add(stores, tenant, name)
    await build(stores, tenant, name)
    await stores.versions.deployDraft(tenant, name, deployment())
  }
  await edit(stores, tenant, { code: 'a 2' })
  await build(stores, tenant, 'a')
  await bind(stores, tenant, ['b'])
}

type Operation = (stores: Stores, tenant: string) => Promise<unknown>

const operations: Record<string, Operation> = {
  deploy: ({ versions }, tenant) => versions.deployDraft(tenant, 'a', deployment()),
  'roll back': (stores, tenant) => rollBack(stores, tenant, 'stays'),
  'roll back with the draft': (stores, tenant) => rollBack(stores, tenant, 'becomes-it'),
  edit: (stores, tenant) => edit(stores, tenant, { code: 'a 3' }),
  'rename to c': (stores, tenant) => edit(stores, tenant, { name: 'c' }),
  'create c': (stores, tenant) => add(stores, tenant, 'c'),
  'create d': (stores, tenant) => add(stores, tenant, 'd'),
  'bind a and b': (stores, tenant) => bind(stores, tenant, ['a', 'b']),
  'bind b and a': (stores, tenant) => bind(stores, tenant, ['b', 'a']),
  'bind none': (stores, tenant) => bind(stores, tenant, []),
  remove: ({ actions }, tenant) => actions.remove(tenant, 'a', 'must-be-none'),
  'remove by force': ({ actions }, tenant) => actions.remove(tenant, 'a', 'go-too'),
}

/** An answer without what is new each time. */
const toAnswer = (answer: unknown): unknown => {
  if (Array.isArray(answer)) return answer.map(({ action }) => action.name)
  if (typeof answer !== 'object' || answer === null) return answer
  if ('refused' in answer) return answer.refused
  if ('number' in answer && 'code' in answer) return [answer.number, answer.code]
  return 'draft' in answer ? 'edited' : answer
}

const stateOf = async ({ actions, versions, bindings }: Stores, tenant: string) => {
  const { items } = await actions.list(tenant, {}, everything)
  const bound = await bindings.list(tenant, trigger, everything)
  const pinned = await bindings.pin(tenant, trigger)
  return {
    actions: await Promise.all(
      items
        .toSorted((one, other) => one.id.localeCompare(other.id))
        .map(async ({ id, name, draft, deployed, allChangesDeployed }) => ({
          ...{ id, name, revision: draft.revision, code: draft.code, status: draft.status, allChangesDeployed },
          live: deployed && [deployed.number, deployed.code],
          versions: (await versions.list(tenant, id, everything)).items.map(({ number, code }) => [number, code]),
        })),
    ),
    bound: bound.items.map(({ action }) => action.name),
    pinned: pinned.map(({ name, versionId }) => [name, versionId !== '']),
  }
}

let tenants = 0
const play = async (run: (tenant: string) => Promise<unknown[]>) => {
  const tenant = `tenant-${++tenants}`
  await prepare(tenant)
  const answers = await run(tenant)
  return { answers: answers.map(toAnswer), state: await stateOf(nodes[0], tenant) }
}

const after = async (turns: number, operation: () => Promise<unknown>) => {
  for (let n = 0; n < turns; n += 1) await Promise.resolve()
  return operation()
}

const names = Object.keys(operations)
const pairs = names.flatMap((one, index) => names.slice(index).map((other) => [one, other] as const))

test.each(pairs)('%s and %s at once are one after the other', async (one, other) => {
  const [first, second] = [operations[one]!, operations[other]!]
  const orders = [
    await play(async (tenant) => [await first(nodes[0], tenant), await second(nodes[1], tenant)]),
    await play(async (tenant) => {
      const answer = await second(nodes[1], tenant)
      return [await first(nodes[0], tenant), answer]
    }),
  ]
  for (const turns of headStarts) {
    const forward = await play((tenant) =>
      Promise.all([first(nodes[0], tenant), after(turns, () => second(nodes[1], tenant))]),
    )
    const backward = await play((tenant) =>
      Promise.all([after(turns, () => first(nodes[0], tenant)), second(nodes[1], tenant)]),
    )
    expect(orders, `a head start of ${turns}`).toContainEqual(forward)
    expect(orders, `the other way round, ${turns}`).toContainEqual(backward)
  }
})
