/**
 * One action each for 1, 100, 1,000 and 10,000 tenants, called as often as Zipf's law says, under one memory budget: what
 * the busiest pay for the others, and what a tenant pays that nobody has called for a while.
 */
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Artifact } from '@interlock/runtime'
import { pssMb } from './memory.ts'
import { buildAction, execute, type OpenRuntime, openRuntime } from './open-runtime.ts'
import { writePerformancePage } from './pages/performance-page.ts'
import { percentile } from './percentile.ts'
import { type GrowthStep, saveResult } from './results.ts'
import { event } from './seed-action.ts'
import { createRandom, createZipf } from './zipf.ts'

const steps = [
  { tenants: 1, runs: 200 },
  { tenants: 100, runs: 500 },
  { tenants: 1_000, runs: 600 },
  { tenants: 10_000, runs: 700 },
]
const budgetMb = 1_024
/** Four runs a second, 350,000 a day: more than that would measure how fast this machine starts processes. */
const pauseMs = 250
/** Ranks that count as busy. */
const busiest = 10
const runsBetweenLooks = 10

const placeholder = 'tenant-?????'
const nameOf = (rank: number) => `tenant-${String(rank).padStart(5, '0')}`

/** Refuses to work for anybody else: a run that meets another tenant's code fails. */
const source = `
const owner = '${placeholder}'
exports.onExecutePostChallenge = async (event, api) => {
  if (event.tenant.id !== owner) throw new Error('This is the code of ' + owner)
  const additionalFactors = event.user.enrolledFactors.map(({ type }) => ({ type }))
  api.authentication.challengeWith({ type: 'webauthn-roaming' }, { additionalFactors })
}`

/** Building 10,000 versions would take longer than running them; they differ in one name. */
const artifactOf = (built: Artifact, tenant: string): Artifact => {
  const code = built.code.replace(placeholder, tenant)
  return { ...built, code, hash: createHash('sha256').update(code).digest('hex') }
}

interface Tally {
  hot: number[]
  cold: number[]
  evictions: number
  sandboxMb: number[]
  serverMb: number[]
}

const look = (runtime: OpenRuntime, tally: Tally) => {
  tally.serverMb.push(pssMb([process.pid]))
  tally.sandboxMb.push(pssMb(runtime.pids))
}

const hasProcess = (runtime: OpenRuntime, name: string) =>
  runtime.usage().processes.some(({ tenant, state }) => tenant === name && state !== 'leaving')

const measureStep = async ({ tenants, runs }: (typeof steps)[number]): Promise<GrowthStep> => {
  const tally: Tally = { hot: [], cold: [], evictions: 0, sandboxMb: [], serverMb: [] }
  const random = createRandom(tenants)
  const pickRank = createZipf(tenants, random)
  const runtime = await openRuntime({
    memoryMb: budgetMb,
    processes: 1_000,
    observer: {
      processEnded: ({ reason }) => {
        if (reason === 'evicted') tally.evictions += 1
      },
    },
  })
  const built = await buildAction(runtime, { tenant: nameOf(0), source })
  for (let run = 0; run < runs; run++) {
    const rank = pickRank()
    const tenant = nameOf(rank)
    const isCold = !hasProcess(runtime, tenant)
    const artifact = artifactOf(built, tenant)
    const startedAt = performance.now()
    const { decision } = await execute(runtime, { tenant, artifact, event: { ...event, tenant: { id: tenant } } })
    const ms = performance.now() - startedAt
    if (decision.type !== 'pause') throw new Error(`A run ended with ${JSON.stringify(decision)}.`)
    if (isCold) tally.cold.push(ms)
    else if (rank < busiest) tally.hot.push(ms)
    if (run % runsBetweenLooks === 0) look(runtime, tally)
    // People do not arrive in step.
    await pause(-Math.log(1 - random()) * pauseMs)
  }
  const processes = runtime.pids.size
  await runtime.close()
  return { tenants, runs, processes, ...toFigures(tally) }
}

const toFigures = ({ hot, cold, evictions, sandboxMb, serverMb }: Tally) => ({
  hotP50: percentile(hot, 0.5),
  ...(cold.length > 0 && { coldP50: percentile(cold, 0.5), coldP95: percentile(cold, 0.95) }),
  coldStarts: cold.length,
  evictions,
  sandboxMb: { median: percentile(sandboxMb, 0.5), highest: Math.max(...sandboxMb) },
  serverMb: percentile(serverMb, 0.5),
})

const measured: GrowthStep[] = []
for (const step of steps) {
  console.log(`${step.tenants} tenants, ${step.runs} runs …`)
  const figures = await measureStep(step)
  console.log(figures)
  measured.push(figures)
}
await saveResult('growth', { budgetMb, pauseMs, steps: measured })
await writePerformancePage()
