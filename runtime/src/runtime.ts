import type { BuildResult, Artifact } from './bundle/artifact.ts'
import type { CacheRecord } from './bridge/command.ts'
import type { BuildLimits, RunLimits } from './limits.ts'
import type { Observer } from './observer.ts'
import type { ExecutionResult, Position } from './pipeline/execution-result.ts'

/** One bound action version, as pinned when the pipeline started. */
export interface BoundAction {
  /** The action's name, for reports. */
  name: string
  artifact: Artifact
  /** Becomes `event.secrets` for this action only. */
  secrets: Record<string, string>
}

export interface ExecutionRequest {
  /** Whose code this is: decides the sandbox process. Never taken from the event. */
  tenant: string
  actions: readonly BoundAction[]
  /** The event without `secrets`. Plain JSON data; every run gets a copy of its own. */
  event: Record<string, unknown>
  /** Where to begin: `{ action: 0, handler: 'onExecutePostChallenge' }`, or the `next` of an earlier pause. */
  position: Position
  /** What the tenant's cache holds for this trigger. */
  cache: Record<string, CacheRecord>
  /** The `state` of the redirect the user has come back from: what `validateToken` compares. */
  redirectState?: string
  limits: RunLimits
  /** Aborting ends the current run with `canceled`. */
  signal?: AbortSignal
}

export interface BuildRequest {
  tenant: string
  source: string
  limits: BuildLimits & Pick<RunLimits, 'cpuMs' | 'heapMb'>
  /** Default `auto`: JavaScript first, TypeScript where JavaScript does not parse. */
  language?: 'auto' | 'javascript' | 'typescript'
}

export interface RuntimeOptions {
  /** Sandbox processes kept alive at most, over all tenants. Default: cores - 1, at least 1, plus one warm spare. */
  processes?: number
  observer?: Observer
}

export interface Runtime {
  /** Source to artifact. Rejects only for faults of ours; what the author did wrong is in the result. */
  build(request: BuildRequest): Promise<BuildResult>
  /** Runs bound actions from `position` up to the next pause or the end. Rejects only for faults of ours. */
  execute(request: ExecutionRequest): Promise<ExecutionResult>
  /** Ends every sandbox process. Runs in flight end with `canceled`. */
  close(): Promise<void>
}

export declare const createRuntime: (options?: RuntimeOptions) => Promise<Runtime>
