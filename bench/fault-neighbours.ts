/** 200 runs in flight over 20 tenants, in the quiet and beside a tenant whose action ends its process every time. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Artifact } from '@interlock/runtime'
import { type Attack, aborting, sourceOf, wedging } from './fault-attacks.ts'
import { benchLimits, buildAction, execute, type OpenRuntime, openRuntime } from './open-runtime.ts'
import { percentile } from './percentile.ts'
import type { AttackedNeighbours, Faults } from './results.ts'

const neighbours = Array.from({ length: 20 }, (_, n) => `tenant-${n}`)
const runsPerTenant = 10
/** Long enough for 200 in flight to leave the processors some room. */
const waitMs = 500
const phaseMs = 25_000
const attacker = 'attacker'
const event = { user: { enrolledFactors: [] } }

const honest = sourceOf(`await new Promise((done) => setTimeout(done, ${waitMs})); api.access.deny('ran')`)

interface Stage {
  runtime: OpenRuntime
  artifact: Artifact
  /** What breakers did. */
  breakers: string[]
  processesLost: number
}

export const measureNeighbours = async (): Promise<Pick<Faults, 'waitMs' | 'attacks'>> => {
  const attacks: AttackedNeighbours[] = []
  for (const attack of [aborting, wedging]) {
    const stage = await openStage()
    try {
      attacks.push(await measureAttack(stage, attack))
    } finally {
      await stage.runtime.close()
    }
  }
  return { waitMs, attacks }
}

const openStage = async (): Promise<Stage> => {
  const breakers: string[] = []
  const lost = { processes: 0 }
  const runtime = await openRuntime({
    processes: neighbours.length + 4,
    observer: {
      breakerOpened: ({ tenant }) => void breakers.push(`${tenant} opened`),
      breakerClosed: (tenant) => void breakers.push(`${tenant} closed`),
      processEnded: ({ tenant }) => {
        if (tenant === attacker) lost.processes += 1
      },
    },
  })
  const artifact = await buildAction(runtime, { tenant: attacker, source: honest })
  for (const tenant of neighbours) await execute(runtime, { tenant, artifact, event })
  return {
    runtime,
    artifact,
    breakers,
    get processesLost() {
      return lost.processes
    },
  }
}

const measureAttack = async (stage: Stage, attack: Attack): Promise<AttackedNeighbours> => {
  const quiet = await measureWhile(stage, () => pause(phaseMs))
  let attacks = 0
  const beside = await measureWhile(stage, async () => {
    attacks = await attackAgainAndAgain(stage, attack)
  })
  await untilClosed(stage)
  const ratios = neighbours.map((tenant) => {
    const [before, during] = [p95(quiet.times.get(tenant)), p95(beside.times.get(tenant))]
    return { total: during / before, beyondWait: (during - waitMs) / (before - waitMs) }
  })
  return {
    attack: attack.name,
    attacks,
    processesLost: stage.processesLost,
    quiet: toSpread(quiet.times),
    beside: toSpread(beside.times),
    worstRatio: Math.max(...ratios.map(({ total }) => total)),
    worstRatioBeyondWait: Math.max(...ratios.map(({ beyondWait }) => beyondWait)),
    failuresOfOthers: quiet.failures + beside.failures,
    breakers: stage.breakers,
  }
}

/** Keeps the neighbours busy until `during` is over. */
const measureWhile = async ({ runtime, artifact }: Stage, during: () => Promise<void>) => {
  const times = new Map(neighbours.map((tenant): [string, number[]] => [tenant, []]))
  let failures = 0
  let isOver = false
  const again = async (tenant: string, first: number) => {
    await pause(first)
    while (!isOver) {
      const startedAt = performance.now()
      const { decision } = await execute(runtime, { tenant, artifact, event })
      times.get(tenant)?.push(performance.now() - startedAt)
      if (decision.type !== 'deny') failures += 1
    }
  }
  // Spread over the wait: all 200 at the same moment would be waiting for each other.
  const busy = Array.from({ length: runsPerTenant }, (_, round) =>
    neighbours.map((tenant, n) => again(tenant, ((round * neighbours.length + n) / 200) * waitMs)),
  )
  await during()
  isOver = true
  await Promise.all(busy.flat())
  return { times, failures }
}

/** Answers how many runs were let through. */
const attackAgainAndAgain = async ({ runtime }: Stage, { body, limits: own }: Attack): Promise<number> => {
  const limits = { ...benchLimits, ...own }
  const artifact = await buildAction(runtime, { tenant: attacker, source: sourceOf(body), limits })
  const endsAt = performance.now() + phaseMs
  let attacks = 0
  while (performance.now() < endsAt) {
    const { decision } = await execute(runtime, { tenant: attacker, artifact, event, limits })
    if (decision.type === 'fail' && decision.ending === 'throttled') await pause(100)
    else attacks += 1
  }
  return attacks
}

/** The attacker has deployed something honest. */
const untilClosed = async ({ runtime, artifact, breakers }: Stage) => {
  while (breakers.at(-1) !== `${attacker} closed`) {
    await execute(runtime, { tenant: attacker, artifact, event })
    await pause(200)
  }
}

const p95 = (times: readonly number[] = []) => percentile(times, 0.95)

const toSpread = (byTenant: ReadonlyMap<string, number[]>) => {
  const beyondWait = [...byTenant.values()].flat().map((ms) => ms - waitMs)
  return { runs: beyondWait.length, p50: percentile(beyondWait, 0.5), p95: p95(beyondWait) }
}
