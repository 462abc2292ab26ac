/** Runs opened actions leg by leg, as a user would go through them. */
import type { CacheRecord, Command } from '../bridge/command.ts'
import type { HandlerName } from '../bridge/guest-door.ts'
import type { ConsoleLine, Ending, GuestError } from '../bridge/outcome.ts'
import type { RunLimits } from '../limits.ts'
import { applyCacheChanges } from '../pipeline/apply-cache-changes.ts'
import type { BoundAction } from '../pipeline/execution-request.ts'
import type { Decision, ExecutionResult, Position, RunReport } from '../pipeline/execution-result.ts'
import { buildEvent, type TestEvent } from './build-event.ts'
import { inOwnFile } from './in-own-file.ts'
import type { SentRequest } from './network/sent-request.ts'
import { createTestNetwork, type NetworkOptions } from './network/test-network.ts'
import { testTenant, withRuntime } from './shared-runtime.ts'
import { mintState, type Return, toReturnEvent } from './the-return.ts'

/** `name` is its path: what stacks show. */
export type OpenedFile = BoundAction

export interface ExecuteOptions extends NetworkOptions {
  /** Made by `buildEvent`. Default: a user with a verified address has opened the link. */
  event?: TestEvent
  /** What earlier runs have left in the cache. A text alone lives for 15 minutes more. */
  cache?: Record<string, string | CacheRecord>
  /** Default: `onExecutePostChallenge`. The other one begins as if a redirect came before it: say how the user comes back in `back`. */
  handler?: HandlerName
  back?: Return
}

/** What one leg came to: from the start, or from the user's return, up to the next pause or the end. */
export interface ActionRun {
  /** How it ended; for several actions, how the last one did. */
  outcome: Ending
  /** What all commands mean together. */
  decision: Decision
  /** What `api` was asked for, in the order of the calls. Empty for an action that did not complete. */
  commands: Command[]
  console: ConsoleLine[]
  /** What the author should know although the run completed. */
  warnings: string[]
  /** With every outcome but `completed`. Its stack names the author's own file. */
  error?: GuestError
  requests: SentRequest[]
  timings: { cpuMs: number; wallMs: number }
  /** What the cache holds after it. */
  cache: Record<string, CacheRecord>
  /** Where the user lands after the reset, if an action has said so. */
  resultUrl?: string
  /** Where the user is sent, without `state`. */
  redirectUrl?: string
  /** One for each handler that ran. */
  reports: RunReport[]
  /**
   * The user has met the demands and comes back: runs what follows. The network is that of the run before, unless it is
   * given. Throws where nothing is demanded.
   */
  continueWith(back?: Return & NetworkOptions): Promise<ActionRun>
}

interface Opened {
  files: readonly OpenedFile[]
  limits: RunLimits
}

/** What a leg begins with. */
interface Leg {
  position: Position
  event: TestEvent
  cache: Record<string, CacheRecord>
  redirectState?: string
  network: NetworkOptions
  resultUrl?: string
}

export const createPipeline = (opened: Opened) => ({
  execute: async (options: ExecuteOptions = {}): Promise<ActionRun> => {
    const { event = buildEvent(), handler = 'onExecutePostChallenge', back = {}, cache = {} } = options
    const begin = { position: { action: 0, handler }, cache: toRecords(cache), network: options }
    if (handler === 'onExecutePostChallenge') return runLeg(opened, { ...begin, event })
    const redirectState = mintState()
    const returned = toReturnEvent({ event, demands: [], redirectState }, back)
    return runLeg(opened, { ...begin, event: returned, redirectState })
  },
})

const runLeg = async (opened: Opened, leg: Leg): Promise<ActionRun> => {
  const network = createTestNetwork(leg.network)
  const { position, event, cache, redirectState } = leg
  const result = await withRuntime((runtime) =>
    runtime.execute({
      ...{ tenant: testTenant, actions: opened.files, limits: opened.limits, egress: network.egress },
      ...{ position, cache, event: { ...event } },
      ...(redirectState !== undefined && { redirectState }),
    }),
  )
  network.assertNothingUnexpected()
  const told = toRun(opened, leg, result)
  return { ...told, requests: network.requests, continueWith: (back) => continueLeg(opened, { leg, told }, back) }
}

type Told = Omit<ActionRun, 'continueWith' | 'requests'>

const continueLeg = (
  opened: Opened,
  { leg, told }: { leg: Leg; told: Told },
  back: Return & NetworkOptions = {},
): Promise<ActionRun> => {
  const { decision, cache, resultUrl } = told
  if (decision.type !== 'pause')
    throw new Error(`Nobody comes back: nothing is demanded of the user, the decision is "${decision.type}".`)
  const { demands, next } = decision
  const state = told.redirectUrl === undefined ? {} : { redirectState: mintState() }
  return runLeg(opened, {
    ...{ position: next, cache, ...state },
    event: toReturnEvent({ event: leg.event, demands, ...state }, back),
    network: { ...leg.network, ...networkOf(back) },
    ...(resultUrl !== undefined && { resultUrl }),
  })
}

const networkOf = ({ fetch, network }: NetworkOptions): NetworkOptions => ({
  ...(fetch && { fetch }),
  ...(network && { network }),
})

const toRun = ({ files }: Opened, leg: Leg, result: ExecutionResult): Told => {
  const { decision, cacheChanges } = result
  const reports = result.runs.map((report) => inOwnFile(report, files[report.action]))
  const last = reports.at(-1)
  const resultUrl = result.resultUrl ?? leg.resultUrl
  const redirect = decision.type === 'pause' ? decision.demands.find(({ type }) => type === 'redirect') : undefined
  return {
    outcome: last?.ending ?? 'completed',
    decision,
    commands: result.commands.flat(),
    console: reports.flatMap((report) => report.console),
    warnings: reports.flatMap((report) => report.warnings),
    ...(last?.error && { error: last.error }),
    timings: { cpuMs: sum(reports.map(({ cpuMs }) => cpuMs)), wallMs: sum(reports.map(({ wallMs }) => wallMs)) },
    cache: applyCacheChanges(leg.cache, cacheChanges) ?? leg.cache,
    ...(resultUrl !== undefined && { resultUrl }),
    ...(redirect?.type === 'redirect' && { redirectUrl: redirect.url }),
    reports,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const toRecords = (cache: Record<string, string | CacheRecord>): Record<string, CacheRecord> =>
  Object.fromEntries(
    Object.entries(cache).map(([key, value]) => [
      key,
      typeof value === 'string' ? { value, expires_at: Date.now() + cacheLifeMs } : value,
    ]),
  )

const cacheLifeMs = 15 * 60_000
