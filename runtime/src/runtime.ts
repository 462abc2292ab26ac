/** The runtime's one door: builds actions, executes them, and ends with everything it has started. */
import { totalmem } from 'node:os'
import type { BuildResult } from './bundle/artifact.ts'
import { buildArtifact } from './bundle/build.ts'
import { buildGuest } from './bundle/build-guest.ts'
import { unavailable } from './egress/unavailable.ts'
import { type BuildLimits, defaultsOf, type RunLimits, runLimits } from './limits.ts'
import type { Observer, SandboxUsage } from './observer.ts'
import { checkModule } from './pipeline/check-module.ts'
import type { ExecutionRequest } from './pipeline/execution-request.ts'
import type { ExecutionResult } from './pipeline/execution-result.ts'
import { createRunAction, toModule } from './pipeline/run-action.ts'
import { runPipeline } from './pipeline/run-pipeline.ts'
import type { Egress } from './ports.ts'
import { createLauncher } from './process/launcher.ts'
import { Supervisor } from './process/supervisor.ts'

export interface BuildRequest {
  tenant: string
  source: string
  limits: BuildLimits & Pick<RunLimits, 'cpuMs' | 'heapMb'>
  /** Default `auto`: JavaScript first, TypeScript where JavaScript does not parse. */
  language?: 'auto' | 'javascript' | 'typescript'
}

export interface RuntimeOptions {
  /**
   * Sandbox processes that take work for tenants, at most. The warm spare comes on top, and those that only end their last
   * runs. Default: 128. They mostly wait, and memory is short before: this bounds what the system has to keep for each.
   */
  processes?: number
  /**
   * What all sandbox processes together may take of the machine's memory, in MB; beyond it the longest unused are ended.
   * Default: half of what the machine, or the container, has. Where the system does not say what a process takes (it is
   * not Linux), only `processes` holds.
   */
  memoryMb?: number
  observer?: Observer
  /** How actions reach the network. Without it `fetch` fails with the code ERR_EGRESS_UNAVAILABLE. */
  egress?: Egress
}

export interface Runtime {
  /** Source to artifact. Rejects only for faults of ours; what the author did wrong is in the result. */
  build(request: BuildRequest): Promise<BuildResult>
  /** Runs bound actions from `position` up to the next pause or the end. Rejects only for faults of ours. */
  execute(request: ExecutionRequest): Promise<ExecutionResult>
  usage(): SandboxUsage
  /** Ends every sandbox process. Runs in flight end with `canceled`. */
  close(): Promise<void>
}

/** Resolves when the first sandbox process is ready; rejects when this system cannot start one. */
export const createRuntime = async (options: RuntimeOptions = {}): Promise<Runtime> => {
  const { observer = {}, egress = unavailable, processes = 128, memoryMb = halfOfTheMachineMb() } = options
  const launcher = await createLauncher(await buildGuest())
  observer.confined?.(launcher.layers)
  const supervisor = new Supervisor({ launcher, capacity: processes, memoryBytes: memoryMb * megabyte, observer })
  try {
    await supervisor.started
  } catch (error) {
    await supervisor.close()
    throw error
  }
  const runAction = createRunAction(supervisor, egress)
  return {
    build: (request) => buildVersion(supervisor, request),
    execute: (request) => runPipeline({ runAction, observer }, request),
    usage: () => supervisor.usage(),
    close: () => supervisor.close(),
  }
}

const megabyte = 1_048_576

/** Node answers 0, or a figure beyond all memory, where nothing narrower than the machine holds. */
const halfOfTheMachineMb = (): number => {
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY
  return Math.min(totalmem(), constrained) / 2 / megabyte
}

const buildVersion = async (supervisor: Supervisor, request: BuildRequest): Promise<BuildResult> => {
  const { tenant, source, limits, language = 'auto' } = request
  const built = await buildArtifact({ source, language, limits })
  if (!built.ok) return built
  const { artifact } = built
  const { cpuMs, heapMb } = limits
  const found = await supervisor.inspect(tenant, toModule(artifact), { ...defaultsOf(runLimits), cpuMs, heapMb })
  const { errors, warnings } = checkModule(found, artifact)
  const allWarnings = [...built.warnings, ...warnings]
  return errors.length > 0
    ? { ok: false, errors, warnings: allWarnings }
    : { ok: true, artifact, warnings: allWarnings }
}
