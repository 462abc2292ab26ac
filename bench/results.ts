/**
 * What each script measured last, kept as JSON in `bench/results`: one of them can be run again without the others, and the
 * page in docs/ is always made of all of them.
 */
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import type { Comparison } from './compare.ts'
import { describeMachine } from './machine.ts'

/** `machine` says where: figures of two results may be of two machines. */
export type Result<T> = T & { machine: string }

export interface Growth {
  budgetMb: number
  /** Mean pause between two runs. */
  pauseMs: number
  steps: GrowthStep[]
}

export interface GrowthStep {
  tenants: number
  runs: number
  /** Runs of the ten busiest tenants whose process was there. */
  hotP50: number
  /** Runs of a tenant that had no process. `undefined` where there was none. */
  coldP50?: number
  coldP95?: number
  coldStarts: number
  evictions: number
  /** Of all sandbox processes together, the spare included. */
  sandboxMb: { median: number; highest: number }
  serverMb: number
  processes: number
}

export interface Faults {
  /** What the handlers of the neighbours wait. */
  waitMs: number
  attacks: AttackedNeighbours[]
  overstays: Overstay[]
}

/** 20 tenants with 200 runs in flight, before and while another tenant loses its process each time. */
export interface AttackedNeighbours {
  attack: string
  attacks: number
  processesLost: number
  quiet: Spread
  beside: Spread
  /** Of the tenant that came off worst: its p95 beside the attack, divided by its own quiet one. */
  worstRatio: number
  /** The same without the wait of the handlers: what the machine itself took. */
  worstRatioBeyondWait: number
  failuresOfOthers: number
  /** What the breakers did, in order, as `tenant opened` or `tenant closed`. */
  breakers: string[]
}

export interface Spread {
  runs: number
  p50: number
  p95: number
}

/** From the deadline of a run until its process had exited, in milliseconds. */
export interface Overstay {
  attack: string
  /** `busy`: a process that never rests for each processor, and ordinary priority. */
  load: 'quiet' | 'busy'
  tries: number
  p50: number
  p95: number
  highest: number
  /** What the run's thread had used when its process ended. */
  cpuMsP50: number
}

export interface Soak {
  runs: number
  versions: number
  tenants: number
  endings: Record<string, number>
  processesByEnd: Record<string, number>
  samples: SoakSample[]
  before: Leftovers
  after: Leftovers
}

export interface SoakSample {
  atS: number
  runs: number
  serverMb: number
  serverHeapMb: number
  childrenMb: number
  processes: number
  files: number
  timers: number
}

export interface Leftovers {
  processes: number
  files: number
  timers: number
}

export interface Environment {
  prelude: PreludeFigures
  /** The first is of an action that uses nothing. */
  uses: Use[]
  /** The first is the seed action. */
  packages: PackageFigures[]
}

export interface PreludeFigures {
  bare: GuestFigures
  whole: GuestFigures
}

/** An empty action in a warm isolate. */
export interface GuestFigures {
  scriptBytes: number
  snapshotBytes: number
  /** Of a new isolate after its first run. */
  heapBytes: number
  p50: number
  /** The next context is made in it. */
  cpuMsPerRun: number
}

export interface Use {
  name: string
  p50: number
  cpuMsPerRun: number
  heapBytes: number
}

/** Milliseconds of a run as the caller sees them. */
export interface PackageFigures {
  name: string
  codeBytes: number
  /** `made`, `unneeded`, or why there is none. */
  snapshot: string
  coldP50: number
  preparedP50: number
  aheadP50: number
  heapBytes: number
}

export interface Management {
  connections: number
  secondsPerBlock: number
  blocks: number
  calls: ManagementCall[]
}

/** Medians of the blocks. `bare` is a route that answers the same body and does nothing else. */
export interface ManagementCall {
  name: string
  method: string
  answerBytes: number
  perSecond: number
  /** In milliseconds. */
  p99: number
  barePerSecond: number
  bareP99: number
}

export interface Results {
  comparisons: { comparisons: Comparison[] }
  growth: Growth
  faults: Faults
  soak: Soak
  environment: Environment
  management: Management
}

const fileOf = (name: keyof Results) => new URL(`results/${name}.json`, import.meta.url)

export const saveResult = async <Name extends keyof Results>(name: Name, result: Results[Name]): Promise<void> => {
  const machine = describeMachine()
  const stored: Result<Results[Name]> = { machine, ...result }
  await writeFile(fileOf(name), `${JSON.stringify(stored, toFourDigits, 1)}\n`)
}

/** `undefined`: it has not been measured. */
export const readResult = <Name extends keyof Results>(name: Name): Result<Results[Name]> | undefined =>
  existsSync(fileOf(name)) ? JSON.parse(readFileSync(fileOf(name), 'utf8')) : undefined

const toFourDigits = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
