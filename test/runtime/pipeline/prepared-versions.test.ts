/** What was prepared of a version, as its host keeps it: who gets it, who does not, and that no run depends on it. */
import {
  type Artifact,
  buildLimits,
  createRuntime,
  defaultsOf,
  type Preparation,
  type PreparationStore,
  type PreparedVersion,
  type Runtime,
} from '@interlock/runtime'
import { afterEach, expect, test } from 'vitest'
import { atStart, event, limits } from '../../support/runtime.ts'

/** As a host would keep it; `kept` is there to be tampered with. */
const openStore = () => {
  const kept = new Map<string, Preparation>()
  const nameOf = (tenant: string, artifact: string) => `${tenant} ${artifact}`
  const engines = new Set<string>()
  const store: PreparationStore = {
    find: async (tenant, { artifact, engine }) => kept.get(`${nameOf(tenant, artifact)} ${engine}`),
    keep: async (tenant, { artifact, engine }, preparation) => {
      engines.add(engine)
      kept.set(`${nameOf(tenant, artifact)} ${engine}`, preparation)
    },
  }
  return { kept, store, engines }
}

const opened: Runtime[] = []
afterEach(async () => {
  for (const runtime of opened.splice(0)) await runtime.close()
})

/** A node of its own. */
const openNode = async (preparations: PreparationStore) => {
  const prepared: PreparedVersion[] = []
  const lost: object[] = []
  const runtime = await createRuntime({
    processes: 2,
    preparations,
    observer: {
      versionPrepared: (version) => void prepared.push(version),
      preparationLost: (loss) => void lost.push(loss),
    },
  })
  opened.push(runtime)
  const build = async (tenant: string, source: string) => {
    const built = await runtime.build({ tenant, source, limits: { ...defaultsOf(buildLimits), ...limits } })
    if (!built.ok) throw new Error('does not build')
    return built
  }
  const say = async (tenant: string, artifact: Artifact): Promise<string | undefined> => {
    const actions = [{ name: 'it', artifact, secrets: {} }]
    const { runs } = await runtime.execute({ tenant, actions, event, position: atStart, cache: {}, limits })
    return runs[0]?.console[0]?.text
  }
  return { build, say, prepared, lost }
}

/** Loading it takes some ten milliseconds. */
const dear = 'let sum = 0; for (let n = 0; n < 3e6; n++) sum += n % 7;'
const saying = (text: string) => `${dear} exports.onExecutePostChallenge = async () => { console.log('${text}') }`

/** Makes the only entry whose key begins so stand for the other: a run tells by its text which one it came from. */
const replace = (kept: Map<string, Preparation>, [of, by]: [string, string]) => {
  const [key] = [...kept.keys()].filter((one) => one.startsWith(of))
  const [, preparation] = [...kept].filter(([one]) => one.startsWith(by))[0] ?? []
  if (!key || !preparation) throw new Error('two entries')
  kept.set(key, preparation)
}

test('what one node has prepared, no other prepares again, and its runs begin from it', async () => {
  const { kept, store } = openStore()
  const one = await openNode(store)
  const { artifact } = await one.build('acme', saying('own'))
  await one.build('other', saying('other'))
  replace(kept, ['acme', 'other'])
  const two = await openNode(store)
  expect((await two.build('acme', saying('own'))).snapshot).toBe('made')
  expect(await two.say('acme', artifact)).toBe('other')
  expect(two.prepared).toEqual([])
})

test('what a tenant’s code has led to is not given to another tenant with the same code', async () => {
  const { kept, store } = openStore()
  const node = await openNode(store)
  const { artifact } = await node.build('acme', saying('own'))
  await node.build('mallory', saying('own'))
  await node.build('mallory', saying('other').replace('3e6', '4e6'))
  expect([...kept.keys()].map((key) => key.split(' ')[0])).toEqual(['acme', 'mallory', 'mallory'])
  const [, forged] = [...kept].at(-1) ?? []
  for (const key of kept.keys()) if (key.startsWith('mallory') && forged) kept.set(key, forged)
  const later = await openNode(store)
  expect(await later.say('mallory', artifact)).toBe('other')
  expect(await later.say('acme', artifact)).toBe('own')
  expect(later.prepared).toEqual([])
})

test.each([
  [
    'that has changed',
    (kept: Preparation) => ({ ...kept, bytes: kept.bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) }),
  ],
  ['that is cut off', (kept: Preparation) => ({ ...kept, bytes: kept.bytes.subarray(0, 100) })],
  ['of another engine', () => undefined],
])(
  'a snapshot %s is not used: the version is prepared anew, once, and its runs do not wait for it',
  async (_, change) => {
    const { kept, store } = openStore()
    const { artifact } = await (await openNode(store)).build('acme', saying('own'))
    for (const [key, preparation] of kept) {
      const changed = change(preparation)
      if (changed) kept.set(key, changed)
      else kept.delete(key)
    }
    const node = await openNode(store)
    const texts = await Promise.all(Array.from({ length: 5 }, () => node.say('acme', artifact)))
    expect(texts).toEqual(Array(5).fill('own'))
    await expect.poll(() => node.prepared, { timeout: 10_000 }).toMatchObject([{ tenant: 'acme', kind: 'snapshot' }])
    expect(await node.say('acme', artifact)).toBe('own')
    expect(node.prepared).toHaveLength(1)
  },
)

test('all nodes of one installation are one engine', async () => {
  const { store, engines } = openStore()
  for (const tenant of ['a', 'b']) await (await openNode(store)).build(tenant, saying('own'))
  expect(engines.size).toBe(1)
})

test('a store that fails costs no run, and the host is told', async () => {
  const fails = async () => Promise.reject(new Error('the store is down'))
  const node = await openNode({ find: fails, keep: fails })
  const { artifact } = await node.build('acme', saying('own'))
  expect(await node.say('acme', artifact)).toBe('own')
  const loss = { tenant: 'acme', artifact: artifact.hash, error: new Error('the store is down') }
  expect(node.lost).toEqual([
    { ...loss, during: 'find' },
    { ...loss, during: 'keep' },
  ])
})
