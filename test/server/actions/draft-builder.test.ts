/** Drafts that are edited faster than they can be built. */
import type { BuildRequest } from '@interlock/runtime'
import { beforeEach, expect, test } from 'vitest'
import type { Action } from '../../../server/src/actions/action.ts'
import { createDraftBuilder, type DraftBuilder } from '../../../server/src/actions/draft-builder.ts'
import type { Tenant } from '../../../server/src/tenants/tenant.ts'

/** What was built, in order; each build ends when it is told to. */
let built: string[]
let ends: (() => void)[]
/** Compilers that have begun. */
let compilers: number
let builder: DraftBuilder

const settle = () => new Promise((resolve) => setImmediate(resolve))
const endOne = async () => {
  ends.shift()?.()
  for (let n = 0; n < 3; n++) await settle()
}

beforeEach(() => {
  built = []
  ends = []
  compilers = 0
  builder = createDraftBuilder({
    actions: { noteBuild: async () => {}, listUnbuilt: async () => [] },
    tenants: { find: async () => undefined },
    runtime: {
      build: ({ source, compileInTurn }: BuildRequest) => {
        built.push(source)
        void compileInTurn?.(() => {
          compilers += 1
          return new Promise<void>((resolve) => (source.includes('short') ? resolve() : undefined))
        })
        return new Promise((resolve) => ends.push(() => resolve({ ok: false, errors: [], warnings: [] })))
      },
    },
    background: { run: (_: string, work: () => unknown) => void work() },
    clock: { now: () => 0 },
    logger: console,
  } as unknown as Parameters<typeof createDraftBuilder>[0])
})

const tenantOf = (name: string) => ({ name, limits: {} }) as Tenant
const edit = (tenant: string, id: string, revision: number) =>
  builder.start(tenantOf(tenant), { id, draft: { revision, code: `${tenant} ${id} ${revision}` } } as Action)

test('of many edits of one action the first and the last are built', async () => {
  edit('acme', 'a', 1)
  await settle()
  for (let revision = 2; revision <= 1_000; revision++) edit('acme', 'a', revision)
  await endOne()
  expect(built).toEqual(['acme a 1', 'acme a 1000'])
  await endOne()
  expect(built).toHaveLength(2)
})

test('each action keeps its turn, and another tenant does not wait for them', async () => {
  for (const id of ['a', 'b', 'c']) edit('acme', id, 1)
  edit('acme', 'b', 2)
  edit('neighbour', 'n', 1)
  await settle()
  expect(built).toEqual(['acme a 1', 'neighbour n 1'])
  await endOne()
  await endOne()
  await endOne()
  expect(built).toEqual(['acme a 1', 'neighbour n 1', 'acme b 2', 'acme c 1'])
})

test('an earlier edit does not take the place of a later one', async () => {
  edit('acme', 'a', 1)
  await settle()
  edit('acme', 'a', 3)
  edit('acme', 'a', 2)
  await endOne()
  expect(built).toEqual(['acme a 1', 'acme a 3'])
})

test('compilers run two at once, whoever asks for them', async () => {
  for (const tenant of ['one', 'two', 'three']) edit(tenant, 'a', 1)
  await settle()
  expect(compilers).toBe(2)
})

test('versions that take long after they were compiled keep no other tenant waiting', async () => {
  for (let n = 0; n < 20; n++) edit(`mallory-${n}`, 'short', 1)
  edit('acme', 'short', 1)
  for (let n = 0; n < 30; n++) await settle()
  expect(built).toContain('acme short 1')
  expect(compilers).toBe(21)
})
