/** What a caller asks of a leg: the pinned versions, where to begin, and the facts. */
import type { CacheRecord } from '../bridge/command.ts'
import type { Artifact } from '../bundle/artifact.ts'
import type { RunLimits } from '../limits.ts'
import type { Egress } from '../ports.ts'
import type { Position, PrintedLines } from './execution-result.ts'

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
  /** Whom the actions may reach over the network; without it, every public host. */
  egressHosts?: readonly string[]
  /** How these actions reach the network; without it, as all of this runtime do. */
  egress?: Egress
  /**
   * Told what the actions print while they run, as it happens and in order, each line once: all of them by the time the
   * leg has ended. Must not throw. Without it a run costs less.
   */
  printed?: (printed: PrintedLines) => void
  /** Aborting ends the current run with `canceled`. */
  signal?: AbortSignal
}
