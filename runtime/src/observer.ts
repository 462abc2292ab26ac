/** What a host may watch. Every hook is optional, is called synchronously, and must not throw. */
import type { RunReport } from './pipeline/execution-result.ts'

export type EndReason =
  | 'exceeded-cpu'
  | 'exceeded-wall'
  | 'exceeded-memory'
  /** It went on using its processor after its last run had ended. */
  | 'not-idle'
  /** It said something that the protocol does not know. */
  | 'broke-protocol'
  /** It has ended a run badly, or has served long enough. */
  | 'recycled'
  /** Another tenant needed the place, or memory was short. */
  | 'evicted'
  /** It has prepared one version, or failed to, and gets no other work. */
  | 'thrown-away'
  | 'closed'
  | 'exit'

export interface ProcessEnd {
  /** None: a spare that no tenant ever had. */
  tenant: string | undefined
  pid: number
  /** Why the supervisor ended it, or `exit` when it ended by itself. */
  reason: EndReason
  code: number | null
  signal: string | null
  /** The beginning of its standard error: what V8 said when it had to give up. */
  lastWords: string
}

/** What the sandbox processes come to at one moment. */
export interface SandboxUsage {
  /** Those that belong to tenants. */
  processes: readonly ProcessUsage[]
  /** Blank processes that wait for whoever comes next. */
  spares: number
  /** What all of them and the spares take; 0 where the system does not say. */
  memoryBytes: number
  memoryLimitBytes: number
  /** Runs that wait for their turn, by tenant; a tenant without is not here. */
  waiting: ReadonlyMap<string, number>
  /** Processes ended since the start to make room for other tenants, or because memory was short. */
  evicted: number
}

export interface ProcessUsage {
  pid: number
  tenant: string
  /** Runs under way. */
  runs: number
  /** Its own pages only. */
  memoryBytes: number
  /** `leaving`: it takes no new work, and goes with its last run. `busy`: its thread was taken a moment ago. */
  state: 'taking' | 'busy' | 'leaving'
}

/** One layer of the operating system around sandbox processes, and whether this system has it. */
export interface ConfinementLayer {
  name: string
  reason: string
  active: boolean
}

export interface PreparedVersion {
  tenant: string
  /** `hash` of the artifact. */
  artifact: string
  kind: 'snapshot' | 'code-cache' | 'none'
  /** Why it is no snapshot. */
  refused?: string
}

export interface Observer {
  /** Once, before the first process is started. */
  confined?(layers: readonly ConfinementLayer[]): void
  /** V8's work on a version whose loading is dear was done ahead, and is kept by `PreparationStore`. */
  versionPrepared?(version: PreparedVersion): void
  /** `PreparationStore` has failed. The runs go on without; what could not be kept is made again. */
  preparationLost?(loss: { tenant: string; artifact: string; during: 'find' | 'keep'; error: unknown }): void
  runEnded?(tenant: string, actionName: string, report: RunReport): void
  processStarted?(pid: number): void
  processEnded?(end: ProcessEnd): void
  /** It ended before it was ready; another try follows after `retryInMs`. `detail` is what it said last. */
  processFailed?(failure: { detail: string; retryInMs: number }): void
  /** Processes of the tenant keep being lost: its runs are refused for `forMs`, then one is let through on trial. */
  breakerOpened?(opening: { tenant: string; forMs: number }): void
  /** The trial ended by itself: the tenant's runs pass again. */
  breakerClosed?(tenant: string): void
}
