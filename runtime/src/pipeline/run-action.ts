/** One handler of one bound action: out to a sandbox process and back, as a report the tenant may read. */
import type { HandlerName } from '../bridge/guest-door.ts'
import { type GuestError, mostConsoleLines } from '../bridge/outcome.ts'
import type { Artifact } from '../bundle/artifact.ts'
import { createStackMapper, type StackMapper } from '../bundle/source-map.ts'
import type { EgressRecord } from '../egress/egress-record.ts'
import { createRunEgress } from '../egress/run-egress.ts'
import type { RunEnd } from '../isolate/run.ts'
import type { Egress } from '../ports.ts'
import type { Supervisor } from '../process/supervisor.ts'
import type { CacheContents } from './apply-cache-changes.ts'
import type { ExecutionRequest } from './execution-request.ts'
import type { Position, RunReport } from './execution-result.ts'
import { createLiveConsole } from './live-console.ts'
import { locateHandler } from './locate-handler.ts'
import type { PreparedVersions } from './prepared-versions.ts'

export interface Step {
  position: Position
  cache: CacheContents
  wallLeftMs: number
}

export interface ActionRun {
  report: RunReport
  end: RunEnd
}

export type RunAction = (request: ExecutionRequest, step: Step) => Promise<ActionRun>

interface Deps {
  supervisor: Pick<Supervisor, 'run'>
  versions: Pick<PreparedVersions, 'toModule'>
  egress: Egress
}

export const createRunAction =
  ({ supervisor, versions, egress: port }: Deps): RunAction =>
  async (request, { position, cache, wallLeftMs }) => {
    const action = request.actions[position.action]
    if (!action) throw new RangeError(`There is no action at position ${position.action}.`)
    const startedAt = Date.now()
    const run = {
      handler: position.handler,
      event: { ...request.event, secrets: action.secrets },
      cache,
      limits: request.limits,
      wallLeftMs,
      ...(request.redirectState !== undefined && { redirectState: request.redirectState }),
    }
    const egress = createRunEgress(request.egress ?? port, toTerms(request))
    const found = versions.toModule(request.tenant, action.artifact, request.limits)
    // Most are at hand: without a wait, runs keep the order they were asked for in.
    const module = found instanceof Promise ? await found : found
    const stacks = createStackMapper(action.artifact, action.artifact.fileName)
    const live = request.printed && createLiveConsole({ position, startedAt, stacks, printed: request.printed })
    const order = {
      ...{ module, run, egress },
      ...(live && { printed: live.printed }),
      ...(request.signal && { signal: request.signal }),
    }
    const end = await supervisor.run(request.tenant, order)
    live?.end(end.console)
    const { outputBytes } = request.limits
    const circumstances = { position, startedAt, artifact: action.artifact, stacks, egress: egress.end(), outputBytes }
    return { end, report: toReport(end, circumstances) }
  }

const toTerms = ({ tenant, limits, egressHosts }: ExecutionRequest) => ({
  tenant,
  limits,
  ...(egressHosts && { hosts: egressHosts }),
})

interface Circumstances {
  egress: EgressRecord[]
  position: Position
  startedAt: number
  artifact: Artifact
  stacks: StackMapper
  outputBytes: number
}

const toReport = (end: RunEnd, circumstances: Circumstances): RunReport => {
  const { position, startedAt, artifact, stacks, egress, outputBytes } = circumstances
  const { handler } = position
  return {
    action: position.action,
    handler,
    ending: end.ending,
    ...(end.error && { error: withAuthorsLines(end.error, { artifact, handler, stacks }) }),
    console: end.console.map(({ level, text }) => ({ level, text: stacks.map(text) })),
    consoleTruncated: end.consoleTruncated,
    warnings: [
      ...end.warnings.map(stacks.map),
      ...(end.handlerMissing ? [goesOn(handler)] : []),
      ...(end.consoleTruncated ? [wasCut(outputBytes)] : []),
    ],
    startedAt,
    wallMs: end.wallMs,
    cpuMs: end.cpuMs,
    heapBytes: end.heapBytes,
    egress,
  }
}

const goesOn = (handler: HandlerName) =>
  `The Action does not export an "${handler}" handler: the pipeline went on with the next action.`

const wasCut = (outputBytes: number) =>
  `The console was cut after ${outputBytes} bytes or ${mostConsoleLines} lines (limit "outputBytes").`

interface Origin {
  artifact: Artifact
  handler: HandlerName
  stacks: StackMapper
}

const withAuthorsLines = (error: GuestError, { artifact, handler, stacks }: Origin): GuestError => {
  const { stack, ...rest } = error
  if (stack !== undefined) {
    const mapped = stacks.map(stack)
    if (frame.test(mapped)) return { ...rest, stack: mapped }
  }
  const beginning = locateHandler(artifact, handler)
  return beginning === undefined ? rest : { ...rest, stack: `${error.name}: ${error.message}\n${beginning}` }
}

/** Spaces and not `\s`: that would run over the lines of a stack of thousands of empty ones, again from each of them. */
const frame = /^ +at .*:\d+:\d+/m
