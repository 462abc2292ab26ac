/** A runtime whose sandbox processes are known, and one action of one tenant, ready to be run. */
import {
  type Artifact,
  buildLimits,
  createRuntime,
  defaultsOf,
  type ExecutionResult,
  type Observer,
  type RunLimits,
  type Runtime,
  type RuntimeOptions,
  runLimits,
} from '@interlock/runtime'

/** The defaults, but for the runs per minute, of which a benchmark needs more than people do. */
export const benchLimits: RunLimits = { ...defaultsOf(runLimits), runsPerMinute: runLimits.runsPerMinute.largest }

export interface OpenRuntime extends Runtime {
  /** Of the sandbox processes that live. */
  pids: ReadonlySet<number>
}

export const openRuntime = async (options: RuntimeOptions = {}): Promise<OpenRuntime> => {
  const pids = new Set<number>()
  const told: Observer = options.observer ?? {}
  const observer: Observer = {
    ...told,
    processStarted: (pid) => {
      pids.add(pid)
      told.processStarted?.(pid)
    },
    processEnded: (end) => {
      pids.delete(end.pid)
      told.processEnded?.(end)
    },
  }
  return Object.assign(await createRuntime({ ...options, observer }), { pids })
}

/** Sources are larger than tenants' may be by default: the action with large dependencies is one file. */
export const buildAction = async (
  runtime: Runtime,
  { tenant, source, limits = benchLimits }: { tenant: string; source: string; limits?: RunLimits },
): Promise<Artifact> => {
  const roomy = { sourceBytes: 8_388_608, artifactBytes: 8_388_608, buildMs: 30_000 }
  const built = await runtime.build({ tenant, source, limits: { ...defaultsOf(buildLimits), ...limits, ...roomy } })
  if (!built.ok) throw new Error(`The action does not build: ${JSON.stringify(built.errors)}`)
  return built.artifact
}

interface Execution {
  tenant: string
  artifact: Artifact
  event: Record<string, unknown>
  limits?: RunLimits
}

export const execute = (
  runtime: Runtime,
  { tenant, artifact, event, limits = benchLimits }: Execution,
): Promise<ExecutionResult> =>
  runtime.execute({
    tenant,
    actions: [{ name: 'action', artifact, secrets: {} }],
    event,
    position: { action: 0, handler: 'onExecutePostChallenge' },
    cache: {},
    limits,
  })
