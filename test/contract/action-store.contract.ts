import type { Artifact } from '@interlock/runtime'
import { describe, expect, test } from 'vitest'
import type { Action, ActionVersion } from '../../server/src/actions/action.ts'
import type { ActionStore, ActionVersionStore, NewAction } from '../../server/src/actions/action-store.ts'
import type { BindingStore } from '../../server/src/actions/binding-store.ts'
import { awkwardTexts, now, type OpenEngine, otherTenant, race, tenant, useEngine } from './engine.ts'

export interface ActionStores {
  actions: ActionStore
  versions: ActionVersionStore
  bindings: BindingStore
  /** How many artifacts are kept for the tenant. */
  countArtifacts(tenant: string): Promise<number>
}

const trigger = 'password-reset-post-challenge'
const most = 100
const allOfThem = { offset: 0, limit: 100 }

const anAction = (over: Partial<NewAction> = {}): NewAction => ({
  id: 'action-1',
  name: 'check',
  trigger,
  code: 'code',
  runtime: 'node22',
  secrets: [],
  dependencies: [],
  createdAt: now,
  ...over,
})

const anArtifact = (code: string): Artifact => ({ hash: 'h'.repeat(64), code, sourceMap: '{}', fileName: 'action.js' })

const noteBuilt = async (stores: ActionStores, { id, draft }: Action) =>
  stores.actions.noteBuild(
    tenant,
    { actionId: id, revision: draft.revision },
    { status: 'built', artifact: anArtifact(draft.code), packages: [], warnings: [], now },
  )

const find = async (stores: ActionStores, id = 'action-1'): Promise<Action> => {
  const action = await stores.actions.find(tenant, id)
  if (!action) throw new Error(`There is no ${id}.`)
  return action
}

let versions = 0
const deployment = (keep = 50, inUse: string[] = []) => ({
  versionId: `version-${++versions}`,
  now,
  keep,
  inUse: new Set(inUse),
})

/** An action that is live. */
const addLive = async (stores: ActionStores, over: Partial<NewAction> = {}): Promise<Action> => {
  const action = anAction(over)
  await stores.actions.create(tenant, action, most)
  await noteBuilt(stores, await find(stores, action.id))
  await stores.versions.deployDraft(tenant, action.id, deployment())
  return find(stores, action.id)
}

const binding = (id: string, actionId: string) => ({ id, ref: { type: 'action_id' as const, value: actionId } })

const draftContract = (open: OpenEngine<ActionStores>) =>
  describe('drafts', () => {
    const nodes = useEngine(open)

    test.each(awkwardTexts)('%j comes back as code, name and secret', async (text) => {
      const secrets = [{ name: text, sealed: text, updatedAt: now }]
      await nodes.one.actions.create(tenant, anAction({ code: text, name: text, secrets }), most)
      expect(await nodes.two.actions.find(tenant, 'action-1')).toEqual({
        id: 'action-1',
        name: text,
        trigger,
        draft: {
          ...{ code: text, runtime: 'node22', secrets, dependencies: [], packages: [], warnings: [] },
          ...{ revision: 1, status: 'pending', errors: [] },
        },
        allChangesDeployed: false,
        createdAt: now,
        updatedAt: now,
      })
    })

    test('of twenty with one name at once, one is made', async () => {
      const results = await race(nodes, ({ actions }, index) =>
        actions.create(tenant, anAction({ id: `action-${index}` }), most),
      )
      expect(results.filter((result) => result === 'created')).toHaveLength(1)
      expect(results.filter((result) => result === 'name-taken')).toHaveLength(19)
    })

    test('no more are made than the tenant may have', async () => {
      const results = await race(nodes, ({ actions }, index) =>
        actions.create(tenant, anAction({ id: `action-${index}`, name: `${index}` }), 5),
      )
      expect(results.filter((result) => result === 'created')).toHaveLength(5)
      expect((await nodes.one.actions.list(tenant, {}, allOfThem)).total).toBe(5)
    })

    test('every edit is the next revision, and none is lost', async () => {
      await nodes.one.actions.create(tenant, anAction({ code: '' }), most)
      await race(nodes, ({ actions }) =>
        actions.edit(tenant, 'action-1', { now, change: ({ draft }) => ({ code: `${draft.code}x` }) }),
      )
      expect((await find(nodes.one)).draft).toMatchObject({ revision: 21, code: 'x'.repeat(20), status: 'pending' })
    })

    test('an edit that is refused changes nothing', async () => {
      await nodes.one.actions.create(tenant, anAction(), most)
      await nodes.one.actions.create(tenant, anAction({ id: 'action-2', name: 'other' }), most)
      const before = await find(nodes.one)
      const refuse = () => {
        throw new Error('refused')
      }
      await expect(nodes.one.actions.edit(tenant, 'action-1', { now, change: refuse })).rejects.toThrow('refused')
      const taken = await nodes.one.actions.edit(tenant, 'action-1', { now, change: () => ({ name: 'other' }) })
      expect(taken).toBe('name-taken')
      expect(await find(nodes.one)).toEqual(before)
    })

    test('a build of an earlier revision has no effect', async () => {
      await nodes.one.actions.create(tenant, anAction(), most)
      const early = await find(nodes.one)
      await nodes.two.actions.edit(tenant, 'action-1', { now, change: () => ({ code: 'newer' }) })
      await noteBuilt(nodes.one, early)
      expect((await find(nodes.one)).draft.status).toBe('pending')
      expect(await nodes.one.countArtifacts(tenant)).toBe(0)
    })

    test('a second build of the same revision takes nothing back', async () => {
      await nodes.one.actions.create(tenant, anAction(), most)
      const draft = { actionId: 'action-1', revision: 1 }
      await noteBuilt(nodes.one, await find(nodes.one))
      await nodes.two.actions.noteBuild(tenant, draft, { status: 'building', now })
      expect((await find(nodes.one)).draft.status).toBe('built')
    })

    test('a draft can be run while it is built, with its secrets', async () => {
      const secrets = [{ name: 'KEY', sealed: 'sealed', updatedAt: now }]
      await nodes.one.actions.create(tenant, anAction({ secrets }), most)
      expect(await nodes.two.actions.loadDraft(tenant, 'action-1')).toBeUndefined()
      await noteBuilt(nodes.one, await find(nodes.one))
      const runnable = { name: 'check', artifact: anArtifact('code'), secrets }
      expect(await nodes.two.actions.loadDraft(tenant, 'action-1')).toEqual(runnable)
      expect(await nodes.two.actions.loadDraft(otherTenant, 'action-1')).toBeUndefined()
      await nodes.one.actions.edit(tenant, 'action-1', { now, change: () => ({ code: 'newer' }) })
      expect(await nodes.two.actions.loadDraft(tenant, 'action-1')).toBeUndefined()
    })

    test('what waits for its build is listed over all tenants', async () => {
      await nodes.one.actions.create(tenant, anAction(), most)
      await nodes.one.actions.create(otherTenant, anAction({ code: 'theirs' }), most)
      await addLive(nodes.one, { id: 'action-2', name: 'live' })
      expect(await nodes.two.actions.listUnbuilt()).toEqual(
        expect.arrayContaining([
          { tenant, actionId: 'action-1', revision: 1, code: 'code', dependencies: [] },
          { tenant: otherTenant, actionId: 'action-1', revision: 1, code: 'theirs', dependencies: [] },
        ]),
      )
      expect(await nodes.two.actions.listUnbuilt()).toHaveLength(2)
    })
  })

const versionContract = (open: OpenEngine<ActionStores>) =>
  describe('versions', () => {
    const nodes = useEngine(open)

    test('only a built draft is deployed', async () => {
      await nodes.one.actions.create(tenant, anAction(), most)
      expect(await nodes.one.versions.deployDraft(tenant, 'action-1', deployment())).toBe('not-built')
      expect(await nodes.one.versions.deployDraft(tenant, 'nothing', deployment())).toBe('unknown')
      expect((await nodes.one.versions.list(tenant, 'action-1', allOfThem)).total).toBe(0)
    })

    test('twenty deploys at once make twenty numbers, and the last one is live', async () => {
      await addLive(nodes.one)
      await race(nodes, (stores) => stores.versions.deployDraft(tenant, 'action-1', deployment()))
      const { items, total } = await nodes.one.versions.list(tenant, 'action-1', allOfThem)
      expect(total).toBe(21)
      expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, index) => 21 - index))
      expect((await find(nodes.two)).deployed).toEqual(items[0])
    })

    test('equal content is kept once, and goes with the last who uses it', async () => {
      await addLive(nodes.one)
      await addLive(nodes.one, { id: 'action-2', name: 'same' })
      await nodes.one.versions.deployDraft(tenant, 'action-1', deployment())
      expect(await nodes.one.countArtifacts(tenant)).toBe(1)
      await nodes.one.actions.remove(tenant, 'action-1', 'must-be-none')
      expect(await nodes.one.countArtifacts(tenant)).toBe(1)
      await nodes.one.actions.remove(tenant, 'action-2', 'must-be-none')
      expect(await nodes.one.countArtifacts(tenant)).toBe(0)
    })

    test('the oldest go, and never the live one', async () => {
      await addLive(nodes.one)
      for (let n = 0; n < 3; n += 1) await nodes.one.versions.deployDraft(tenant, 'action-1', deployment(2))
      const { items } = await nodes.one.versions.list(tenant, 'action-1', allOfThem)
      expect(items.map(({ number }) => number)).toEqual([4, 3])
      expect((await find(nodes.one)).deployed?.number).toBe(4)
    })

    test('one that is in use stays until it is not', async () => {
      const { deployed } = await addLive(nodes.one)
      const used = deployed?.id ?? ''
      const deploy = (inUse: string[]) => nodes.one.versions.deployDraft(tenant, 'action-1', deployment(2, inUse))
      const numbers = async () =>
        (await nodes.two.versions.list(tenant, 'action-1', allOfThem)).items.map(({ number }) => number)
      for (let n = 0; n < 3; n += 1) await deploy([used, 'of-another-action'])
      expect(await numbers()).toEqual([4, 3, 1])
      expect(await nodes.two.versions.loadRunnable(tenant, [used])).toHaveLength(1)
      await deploy([])
      expect(await numbers()).toEqual([5, 4])
    })

    test('a copy of an earlier version goes live under the next number', async () => {
      const first = (await addLive(nodes.one)).deployed
      await nodes.one.actions.edit(tenant, 'action-1', { now, change: () => ({ code: 'second' }) })
      const copy = { ...deployment(), of: first?.id ?? '' }
      expect(await nodes.two.versions.deployCopy(tenant, 'action-1', { ...copy, draft: 'stays' })).toMatchObject({
        number: 2,
        code: 'code',
      })
      expect(await find(nodes.one)).toMatchObject({
        draft: { code: 'second', status: 'pending' },
        deployed: { number: 2 },
      })
      const back = { ...deployment(), of: first?.id ?? '', draft: 'becomes-it' as const }
      await nodes.two.versions.deployCopy(tenant, 'action-1', back)
      expect(await find(nodes.one)).toMatchObject({
        draft: { code: 'code', status: 'built' },
        allChangesDeployed: true,
      })
      expect(await nodes.one.versions.deployCopy(tenant, 'action-1', { ...back, of: 'nothing' })).toBeUndefined()
    })

    test('what it depends on, its packages and its warnings go from the draft to every version', async () => {
      const dependencies = [{ name: '@acme/greet', version: '1.2.3' }]
      const packages = [{ name: '@acme/greet', version: '1.2.3', integrity: 'sha512-x', license: 'MIT' }]
      const warnings = [{ text: 'careful', file: 'action.js', line: 2, column: 3, excerpt: 'a' }]
      const { actions, versions } = nodes.one
      await actions.create(tenant, anAction({ dependencies }), most)
      expect((await find(nodes.two)).draft).toMatchObject({ dependencies, packages: [], warnings: [] })
      expect(await actions.listUnbuilt()).toMatchObject([{ actionId: 'action-1', dependencies }])
      const artifact = anArtifact('code')
      const draft = { actionId: 'action-1', revision: 1 }
      await actions.noteBuild(tenant, draft, { status: 'built', artifact, packages, warnings, now })
      expect((await find(nodes.two)).draft).toMatchObject({ dependencies, packages, warnings })

      const first = await versions.deployDraft(tenant, 'action-1', deployment())
      expect(first).toMatchObject({ dependencies, packages, warnings })
      const change = () => ({ dependencies: [] })
      expect(await actions.edit(tenant, 'action-1', { now, change })).toMatchObject({
        draft: { dependencies: [], packages: [], warnings: [] },
        deployed: { dependencies, packages, warnings },
      })
      const of = (first as ActionVersion).id
      const copy = await versions.deployCopy(tenant, 'action-1', { ...deployment(), of, draft: 'becomes-it' })
      expect(copy).toMatchObject({ dependencies, packages, warnings })
      expect((await find(nodes.two)).draft).toMatchObject({ dependencies, packages, warnings, status: 'built' })
    })

    test('a runnable version brings its artifact and its secrets', async () => {
      const secrets = [{ name: 'KEY', sealed: 'sealed', updatedAt: now }]
      const { deployed } = await addLive(nodes.one, { secrets })
      const versionId = deployed?.id ?? ''
      expect(await nodes.two.versions.loadRunnable(tenant, [versionId, 'nothing'])).toEqual([
        { versionId, actionId: 'action-1', artifact: anArtifact('code'), secrets },
      ])
      expect(await nodes.two.versions.loadRunnable(otherTenant, [versionId])).toEqual([])
    })
  })

const bindingContract = (open: OpenEngine<ActionStores>) =>
  describe('bindings', () => {
    const nodes = useEngine(open)

    test('of twenty lists at once exactly one stands in the end', async () => {
      for (const name of ['a', 'b', 'c']) await addLive(nodes.one, { id: name, name })
      const lists = [['a', 'b', 'c'], ['c', 'a'], ['b']]
      await race(nodes, ({ bindings }, index) => {
        const wanted = (lists[index % 3] ?? []).map((id, position) => binding(`${index}-${position}`, id))
        return bindings.replace(tenant, trigger, { wanted, now })
      })
      const { items } = await nodes.two.bindings.list(tenant, trigger, allOfThem)
      expect(lists).toContainEqual(items.map(({ action }) => action.id))
      expect(new Set(items.map(({ id }) => id.split('-')[0])).size).toBe(1)
    })

    test('an action that is bound and removed at once is either bound or gone', async () => {
      for (let round = 0; round < 10; round += 1) {
        const id = `action-${round}`
        await addLive(nodes.one, { id, name: id })
        const [bound, removed] = await Promise.all([
          nodes.one.bindings.replace(tenant, trigger, { wanted: [binding(`binding-${round}`, id)], now }),
          nodes.two.actions.remove(tenant, id, 'must-be-none'),
        ])
        expect(['bound', 'removed']).toContain(removed)
        expect('refused' in bound).toBe(removed === 'removed')
      }
    })

    test('the live versions are pinned in order, and a later deploy changes only what is pinned next', async () => {
      await addLive(nodes.one, { id: 'a', name: 'a' })
      await addLive(nodes.one, { id: 'b', name: 'b' })
      await nodes.one.bindings.replace(tenant, trigger, { wanted: [binding('1', 'b'), binding('2', 'a')], now })
      const pinned = await nodes.two.bindings.pin(tenant, trigger)
      expect(pinned.map(({ name, bindingId }) => [name, bindingId])).toEqual([
        ['b', '1'],
        ['a', '2'],
      ])
      const next = deployment()
      await nodes.one.versions.deployDraft(tenant, 'b', next)
      expect((await nodes.two.bindings.pin(tenant, trigger))[0]?.versionId).toBe(next.versionId)
    })
  })

const tenancyContract = (open: OpenEngine<ActionStores>) =>
  describe('another tenant', () => {
    const nodes = useEngine(open)

    test('finds, changes and removes nothing', async () => {
      const action = await addLive(nodes.one)
      await nodes.one.bindings.replace(tenant, trigger, { wanted: [binding('1', action.id)], now })
      const { actions, versions, bindings } = nodes.two
      const of = action.deployed?.id ?? ''
      expect(await actions.find(otherTenant, action.id)).toBeUndefined()
      expect((await actions.list(otherTenant, {}, allOfThem)).total).toBe(0)
      expect(await actions.edit(otherTenant, action.id, { now, change: () => ({ code: 'theirs' }) })).toBeUndefined()
      expect(await actions.remove(otherTenant, action.id, 'go-too')).toBe('unknown')
      expect(await versions.find(otherTenant, action.id, of)).toBeUndefined()
      expect(await versions.deployDraft(otherTenant, action.id, deployment())).toBe('unknown')
      expect(await versions.deployCopy(otherTenant, action.id, { ...deployment(), of, draft: 'stays' })).toBeUndefined()
      expect(await bindings.pin(otherTenant, trigger)).toEqual([])
      const wanted = [binding('2', action.id)]
      expect(await bindings.replace(otherTenant, trigger, { wanted, now })).toMatchObject({ refused: 'unknown-action' })
      expect(await find(nodes.one)).toEqual(action)
      expect((await nodes.one.bindings.list(tenant, trigger, allOfThem)).total).toBe(1)
    })

    test('may have an action with the same id and name', async () => {
      await nodes.one.actions.create(tenant, anAction(), most)
      expect(await nodes.one.actions.create(otherTenant, anAction({ code: 'theirs' }), most)).toBe('created')
      expect((await find(nodes.two)).draft.code).toBe('code')
    })
  })

export const actionStoreContract = (open: OpenEngine<ActionStores>) => {
  draftContract(open)
  versionContract(open)
  bindingContract(open)
  tenancyContract(open)
}
