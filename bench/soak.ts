/**
 * Many runs of many versions over many tenants, with memory, processes and files of the server sampled on the way: what
 * grows from sample to sample leaks. By hand: `node bench/soak.ts [runs] [versions] [tenants]`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { type Artifact, buildLimits, createRuntime, defaultsOf, runLimits } from '@interlock/runtime'

const [runs = 20_000, versions = 50, tenants = 8] = process.argv.slice(2).map(Number)
const atOnce = 32
const samples = 20
const limits = { ...defaultsOf(runLimits), runsPerMinute: runLimits.runsPerMinute.largest }

const pids = new Set<number>()
const endings = new Map<string, number>()
const ends = new Map<string, number>()
const count = (counts: Map<string, number>, word: string) => counts.set(word, (counts.get(word) ?? 0) + 1)
const list = (counts: Map<string, number>) => [...counts].map(([word, n]) => `${word} ${n}`).join(', ')
const runtime = await createRuntime({
  processes: tenants,
  observer: {
    processStarted: (pid) => void pids.add(pid),
    processEnded: ({ pid, reason, signal, lastWords }) => {
      pids.delete(pid)
      count(ends, reason)
      if (reason !== 'recycled' && reason !== 'closed') console.log(`process ${pid}: ${reason}, ${signal} ${lastWords}`)
    },
    runEnded: (_tenant, _action, { ending }) => void count(endings, ending),
  },
})

/** Each version keeps, formats and waits a little, so that heap, console and timers all have something to do. */
const sourceOf = (version: number): string => `
const table = Array.from({ length: 500 }, (_, n) => ({ n, version: ${version} }))
exports.onExecutePostChallenge = async (event, api) => {
  console.log('version', table.length, event.user)
  const bytes = new Uint8Array(100_000).fill(${version} % 256)
  if (event.n % 10 === 0) await new Promise((done) => setTimeout(done, 1))
  api.cache.set('k', String(bytes.length))
  api.authentication.challengeWith({ type: 'otp' })
}`

const build = async (tenant: string, version: number): Promise<Artifact> => {
  const built = await runtime.build({
    tenant,
    source: sourceOf(version),
    limits: { ...defaultsOf(buildLimits), ...limits },
  })
  if (!built.ok) throw new Error(JSON.stringify(built.errors))
  return built.artifact
}

const megabytes = (bytes: number) => (bytes / 1_048_576).toFixed(1).padStart(7)
const residentBytes = (pid: number): number => {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}
const openFiles = () => readdirSync('/proc/self/fd').length
const activeTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

const startedAt = performance.now()
const sample = (done: number) => {
  const { rss, heapUsed } = process.memoryUsage()
  const children = [...pids].map(residentBytes)
  const total = children.reduce((sum, bytes) => sum + bytes, 0)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0).padStart(5)
  console.log(
    `${seconds} s ${String(done).padStart(8)} runs | server ${megabytes(rss)} MB, heap ${megabytes(heapUsed)} MB, ` +
      `${String(openFiles()).padStart(3)} files, ${String(activeTimers()).padStart(3)} timers | ` +
      `${String(children.length).padStart(2)} children ${megabytes(total)} MB, largest ${megabytes(Math.max(...children))} MB`,
  )
}

/** The version of each tenant that is live; a deployment drops the one before. */
const live = new Map<string, Artifact>()
const tenantOf = (n: number) => `tenant-${n % tenants}`
for (let n = 0; n < tenants; n++) live.set(tenantOf(n), await build(tenantOf(n), n))

const event = { user: { user_id: 'u', enrolledFactors: [{ type: 'otp' }] }, request: {} }
const position = { action: 0, handler: 'onExecutePostChallenge' } as const
const runOnce = async (n: number) => {
  const tenant = tenantOf(n)
  const artifact = live.get(tenant)
  if (!artifact) throw new Error('nothing is deployed')
  const actions = [{ name: 'soak', artifact, secrets: {} }]
  await runtime.execute({ tenant, actions, event: { ...event, n }, position, cache: {}, limits })
}

sample(0)
let next = 0
let deployed = tenants
const takeRuns = async () => {
  while (next < runs) {
    const n = next++
    if (n > 0 && n % Math.ceil(runs / samples) === 0) sample(n)
    if (n > 0 && n % Math.ceil(runs / versions) === 0) {
      const version = deployed++
      live.set(tenantOf(version), await build(tenantOf(version), version))
    }
    await runOnce(n)
  }
}
await Promise.all(Array.from({ length: atOnce }, takeRuns))
sample(runs)

console.log(`\n${deployed} versions deployed; runs by ending: ${list(endings)}`)
await runtime.close()
console.log(`processes by end: ${list(ends)}`)
console.log(`after the end: ${pids.size} children, ${openFiles()} files, ${activeTimers()} timers`)
