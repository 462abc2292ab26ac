/**
 * Many runs of many versions over many tenants, with memory, processes, files and timers sampled on the way, and a verdict:
 * what grows leaks.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Artifact } from '@interlock/runtime'
import { openFiles, pssMb } from './memory.ts'
import { buildAction, execute, openRuntime } from './open-runtime.ts'
import { writePerformancePage } from './pages/performance-page.ts'
import { type Leftovers, type SoakSample, saveResult } from './results.ts'
import { judgeSoak } from './soak-verdict.ts'

const [runs = 200_000, versions = 200, tenants = 8] = process.argv.slice(2).map(Number)
const atOnce = 64
const samplesWanted = 80

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

type Counts = Record<string, number>
const count = (counts: Counts, word: string) => {
  counts[word] = (counts[word] ?? 0) + 1
}
const activeTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
const leftovers = (processes: number): Leftovers => ({ processes, files: openFiles(), timers: activeTimers() })

// The first runtime of a process starts what stays for good, such as the compiler's service.
await (await openRuntime()).close()
const before = leftovers(0)
const endings: Counts = {}
const processesByEnd: Counts = {}
const runtime = await openRuntime({
  processes: tenants,
  observer: {
    processEnded: ({ pid, reason, signal, lastWords }) => {
      count(processesByEnd, reason)
      if (reason !== 'recycled' && reason !== 'closed') console.log(`process ${pid}: ${reason}, ${signal} ${lastWords}`)
    },
    runEnded: (_tenant, _action, { ending }) => count(endings, ending),
  },
})

/** Each version keeps, formats and waits a little, so that heap, console and timers all have something to do. */
const sourceOf = (version: number): string => `
const table = Array.from({ length: 500 }, (_, n) => ({ n, version: ${version} }))
exports.onExecutePostChallenge = async (event, api) => {
  if (event.n % 4 === 0) console.log('version', table.length, event.user)
  const bytes = new Uint8Array(100_000).fill(${version} % 256)
  if (event.n % 10 === 0) await new Promise((done) => setTimeout(done, 1))
  api.cache.set('k', String(bytes.length))
  api.authentication.challengeWith({ type: 'otp' })
}`

/** The version of each tenant that is live; a deployment drops the one before. */
const live = new Map<string, Artifact>()
const tenantOf = (n: number) => `tenant-${n % tenants}`
let deployed = 0
const deploy = async () => {
  const version = deployed++
  const tenant = tenantOf(version)
  live.set(tenant, await buildAction(runtime, { tenant, source: sourceOf(version) }))
}

const startedAt = performance.now()
const samples: SoakSample[] = []
const sample = (done: number) => {
  collectGarbage()
  const taken = {
    atS: Math.round((performance.now() - startedAt) / 1_000),
    runs: done,
    serverMb: pssMb([process.pid]),
    serverHeapMb: process.memoryUsage().heapUsed / 1_048_576,
    childrenMb: pssMb(runtime.pids),
    processes: runtime.pids.size,
    files: openFiles(),
    timers: activeTimers(),
  }
  samples.push(taken)
  console.log(JSON.stringify(taken))
}

const user = { user_id: 'u', enrolledFactors: [{ type: 'otp' }] }
const runOnce = async (n: number) => {
  const tenant = tenantOf(n)
  const artifact = live.get(tenant)
  if (!artifact) throw new Error('Nothing is deployed.')
  await execute(runtime, { tenant, artifact, event: { user, request: {}, n } })
}

let next = 0
const takeRuns = async () => {
  while (next < runs) {
    const n = next++
    if (n % Math.ceil(runs / samplesWanted) === 0) sample(n)
    if (n > 0 && n % Math.floor(runs / versions) === 0) await deploy()
    await runOnce(n)
  }
}

for (let n = 0; n < tenants; n++) await deploy()
await Promise.all(Array.from({ length: atOnce }, takeRuns))
sample(runs)
await runtime.close()

const after = leftovers(runtime.pids.size)
const result = { runs, versions: deployed, tenants, endings, processesByEnd, samples, before, after }
const { rows, isFlat } = judgeSoak(result)
console.table(rows)
console.log(isFlat ? 'flat' : 'not flat')
await saveResult('soak', result)
await writePerformancePage()
if (!isFlat) process.exitCode = 1
