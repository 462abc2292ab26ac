/** A tenant that loses its process every time, beside twenty tenants at work. */
import { afterEach, expect, test } from 'vitest'
import { executing, openRuntime, type TestRuntime } from '../support/runtime.ts'

const breakers: string[] = []
let runtime: TestRuntime
afterEach(async () => {
  breakers.length = 0
  await runtime.close()
})

const open = async () => {
  runtime = await openRuntime({
    processes: 22,
    observer: {
      breakerOpened: ({ tenant }) => void breakers.push(`${tenant} opened`),
      breakerClosed: (tenant) => void breakers.push(`${tenant} closed`),
    },
  })
}

/** Mostly waits: 200 of them in flight leave the processor free for the attack. */
const honest = executing(`await new Promise((done) => setTimeout(done, 2_000)); api.access.deny('ran')`)
const tenants = Array.from({ length: 20 }, (_, n) => `tenant-${n}`)

/** Keeps `count` runs of a tenant in flight until told to stop. Answers what they came to. */
const keepBusy = async (tenant: string, { count, isOver }: { count: number; isOver: () => boolean }) => {
  const decisions = new Map<string, number>()
  const again = async () => {
    do {
      const { decision } = await runtime.execute(honest, { tenant })
      const word = decision.type === 'fail' ? decision.ending : decision.type
      decisions.set(word, (decisions.get(word) ?? 0) + 1)
    } while (!isOver())
  }
  await Promise.all(Array.from({ length: count }, again))
  return [...decisions.keys()]
}

/** A busy tenant's second process goes when it is needed no more. */
const tidy: readonly string[] = ['recycled', 'evicted']

const endsOfMallory = () => runtime.ended.filter(({ tenant }) => tenant === 'mallory').length

test.each([
  ['wedges it in a call that asks nobody', `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`, { cpuMs: 50 }],
  [
    'aborts it by filling its memory',
    `const a = new Array(3e7); for (let n = 0; n < 3e7; n++) a[n] = { n }`,
    { cpuMs: 20_000, heapMb: 16 },
  ],
])('while one tenant %s every time, 200 runs in flight of 20 others are all served', async (_, body, limits) => {
  await open()
  for (const tenant of [...tenants, 'mallory']) await runtime.build(honest, tenant)
  const hostile = executing(body)
  await runtime.build(hostile, 'mallory')
  const attack = () => runtime.run(hostile, { tenant: 'mallory', limits: { wallMs: 60_000, ...limits } })

  let isOver = false
  const others = tenants.map((tenant) => keepBusy(tenant, { count: 10, isOver: () => isOver }))
  const seen = new Set<string>()
  for (let attacks = 1; breakers.length === 0; attacks++) {
    seen.add((await attack()).ending)
    await expect.poll(endsOfMallory, { timeout: 20_000 }).toBe(attacks)
  }
  expect([...seen].filter((ending) => !['exceeded-cpu', 'exceeded-heap', 'crashed'].includes(ending))).toEqual([])
  expect(await attack()).toMatchObject({
    ending: 'throttled',
    error: { code: 'ERR_RUN_THROTTLED', message: expect.stringContaining('were lost 5 times') },
  })

  // The back-off ends by itself; the first honest run then closes the breaker.
  const endingOfHonest = async () => (await runtime.run(honest, { tenant: 'mallory' })).ending
  await expect.poll(endingOfHonest, { timeout: 40_000, interval: 200 }).toBe('completed')
  isOver = true
  expect(await Promise.all(others)).toEqual(tenants.map(() => ['deny']))
  expect(breakers).toEqual(['mallory opened', 'mallory closed'])
  const lost = runtime.ended.filter(({ tenant, reason }) => tenant !== 'mallory' && !tidy.includes(reason))
  expect(lost).toEqual([])
})
