/**
 * Actions with the packages that authors require most, next to the seed action: their first run in a process that has
 * nothing of them, the first with a snapshot, and runs whose context was made ahead. All by `execute()`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Artifact,
  buildLimits,
  createDependencies,
  defaultsOf,
  type Preparation,
  type PreparationStore,
  type SnapshotState,
} from '@interlock/runtime'
import { openRegistry, type TestRegistry } from '../test/support/registry.ts'
import { benchLimits, execute, type OpenRuntime, openRuntime } from './open-runtime.ts'
import { percentile } from './percentile.ts'
import type { PackageFigures } from './results.ts'
import { event, source as seedSource } from './seed-action.ts'

/** What an action does with a package before it asks for a challenge; no request is sent. */
const packages: readonly { installed: string; work: string }[] = [
  { installed: 'auth0-4', work: `new (require('auth0').ManagementClient)({ domain: 'a.example', token: 't' })` },
  { installed: 'auth0-7', work: `new (require('auth0').ManagementClient)({ domain: 'a.example', token: 't' })` },
  { installed: 'axios-0', work: `require('axios').create({ baseURL: 'https://a.example' })` },
  { installed: 'axios-1', work: `require('axios').create({ baseURL: 'https://a.example' })` },
  { installed: 'jsonwebtoken', work: `const jwt = require('jsonwebtoken'); jwt.verify(jwt.sign({ a: 1 }, 's'), 's')` },
  {
    installed: 'jose',
    work: `await new (require('jose').SignJWT)({}).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('s'.repeat(32)))`,
  },
  { installed: 'lodash', work: `require('lodash').groupBy(event.user.enrolledFactors, 'type')` },
  { installed: 'zod', work: `const { z } = require('zod'); z.object({ email: z.email() }).parse(event.user)` },
  { installed: 'twilio', work: `require('twilio')('AC00000000000000000000000000000000', 't')` },
  {
    installed: '@aws-sdk/client-sqs',
    work: `new (require('@aws-sdk/client-sqs').SQSClient)({ region: 'eu-central-1' })`,
  },
]

/** As authors write it: what is required, at the top. */
const sourceOf = (work: string): string => {
  const [required = ''] = /require\('[^']+'\)/.exec(work) ?? []
  return `const required = ${required}\n${seedSource.replace('async (event, api) => {', `async (event, api) => {\n  ${work.replace(required, 'required')};`)}`
}

const limits = { ...benchLimits, cpuMs: 20_000, heapMb: 256 }
const tries = 5
const rounds = 10
const runsPerRound = 3
/** Enough for the next context to be made. */
const gapMs = 40

interface Subject {
  name: string
  artifact: Artifact
  snapshot: SnapshotState
}

/** One for all tenants: each try has a process of its own. */
const createStore = (): PreparationStore => {
  const kept = new Map<string, Preparation>()
  const keyOf = ({ artifact, engine }: { artifact: string; engine: string }) => `${engine}/${artifact}`
  return {
    find: async (_, key) => kept.get(keyOf(key)),
    keep: async (_, key, preparation) => void kept.set(keyOf(key), preparation),
  }
}

const buildSubject = async (
  runtime: OpenRuntime,
  name: string,
  request: { source: string; dependencies?: { name: string; version: string }[] },
) => {
  const roomy = { artifactBytes: buildLimits.artifactBytes.largest, buildMs: 30_000 }
  const built = await runtime.build({
    tenant: 'builder',
    ...request,
    limits: { ...defaultsOf(buildLimits), ...limits, ...roomy },
  })
  if (!built.ok) throw new Error(`${name} does not build: ${JSON.stringify(built.errors)}`)
  return { name, artifact: built.artifact, snapshot: built.snapshot }
}

const buildSubjects = async (runtime: OpenRuntime, registry: TestRegistry): Promise<Subject[]> => {
  const subjects = [await buildSubject(runtime, 'seed', { source: seedSource })]
  // All before the first build: what a registry has said of a package is believed for a while.
  for (const { installed } of packages) registry.publishInstalled(installed)
  for (const { installed, work } of packages) {
    const dependency = registry.publishInstalled(installed)
    const name = `${dependency.name} ${dependency.version}`
    subjects.push(await buildSubject(runtime, name, { source: sourceOf(work), dependencies: [dependency] }))
  }
  return subjects
}

const runOnce = async (
  runtime: OpenRuntime,
  tenant: string,
  artifact: Artifact,
): Promise<{ ms: number; heapBytes: number }> => {
  const startedAt = performance.now()
  const { decision, runs } = await execute(runtime, { tenant, artifact, event, limits })
  const ms = performance.now() - startedAt
  if (decision.type !== 'pause') throw new Error(`A run ended with ${JSON.stringify([decision, runs])}.`)
  return { ms, heapBytes: runs[0]?.heapBytes ?? Number.NaN }
}

/** First runs of tenants that have no process: with what was prepared, and without. */
const measureFirstRuns = async (runtime: OpenRuntime, subjects: readonly Subject[]) => {
  const times = subjects.map(() => ({ cold: [] as number[], prepared: [] as number[] }))
  for (let attempt = 0; attempt < tries; attempt++) {
    for (const [index, { artifact }] of subjects.entries()) {
      const { dear: _, ...plain } = artifact
      for (const [way, code] of [
        ['cold', plain],
        ['prepared', artifact],
      ] as const) {
        // A spare is there again, and what the process before it has left to do is done.
        await pause(150)
        times[index]?.[way].push((await runOnce(runtime, `${way}-${index}-${attempt}`, code)).ms)
      }
    }
  }
  return times
}

const measureAhead = async (runtime: OpenRuntime, subjects: readonly Subject[]) => {
  const times = subjects.map(() => ({ ahead: [] as number[], heapBytes: Number.NaN }))
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { artifact }] of subjects.entries()) {
      for (let run = 0; run < runsPerRound; run++) {
        const { ms, heapBytes } = await runOnce(runtime, `ahead-${index}`, artifact)
        const kept = times[index]
        if (round > 0 && kept) {
          kept.ahead.push(ms)
          kept.heapBytes = heapBytes
        }
        await pause(gapMs)
      }
    }
  }
  return times
}

export const measurePackages = async (): Promise<PackageFigures[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-packages-'))
  const registry = await openRegistry()
  const dependencies = createDependencies({ registryUrl: registry.url, folder, cacheBytes: 268_435_456 })
  const runtime = await openRuntime({ dependencies, preparations: createStore(), processes: 24 })
  try {
    const subjects = await buildSubjects(runtime, registry)
    const first = await measureFirstRuns(runtime, subjects)
    const ahead = await measureAhead(runtime, subjects)
    return subjects.map(({ name, artifact, snapshot }, index) => ({
      name,
      codeBytes: Buffer.byteLength(artifact.code),
      snapshot: typeof snapshot === 'string' ? snapshot : snapshot.refused,
      coldP50: percentile(first[index]?.cold ?? [], 0.5),
      preparedP50: percentile(first[index]?.prepared ?? [], 0.5),
      aheadP50: percentile(ahead[index]?.ahead ?? [], 0.5),
      heapBytes: ahead[index]?.heapBytes ?? Number.NaN,
    }))
  } finally {
    await runtime.close()
    await registry.close()
    await rm(folder, { recursive: true })
  }
}
