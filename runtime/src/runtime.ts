/** The runtime's one door: builds actions, executes them, and ends with everything it has started. */
import { availableParallelism } from 'node:os'
import type { BuildResult } from './bundle/artifact.ts'
import { buildArtifact } from './bundle/build.ts'
import { buildGuest } from './bundle/build-guest.ts'
import { unavailable } from './egress/unavailable.ts'
import { type BuildLimits, defaultsOf, type RunLimits, runLimits } from './limits.ts'
import type { Observer } from './observer.ts'
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
   * Sandbox processes kept alive at most, over all tenants; one warm spare comes on top. Default: twice the cores, at least
   * 8. They are cheap (about 25 MB each) and mostly wait; with too few, a tenant whose handlers wait keeps others waiting.
   */
  processes?: number
  observer?: Observer
  /** How actions reach the network. Without it `fetch` fails with the code ERR_EGRESS_UNAVAILABLE. */
  egress?: Egress
}

export interface Runtime {
  /** Source to artifact. Rejects only for faults of ours; what the author did wrong is in the result. */
  build(request: BuildRequest): Promise<BuildResult>
  /** Runs bound actions from `position` up to the next pause or the end. Rejects only for faults of ours. */
  execute(request: ExecutionRequest): Promise<ExecutionResult>
  /** Ends every sandbox process. Runs in flight end with `canceled`. */
  close(): Promise<void>
}

/** Resolves when the first sandbox process is ready; rejects when this system cannot start one. */
export const createRuntime = async (options: RuntimeOptions = {}): Promise<Runtime> => {
  const { observer = {}, egress = unavailable, processes = Math.max(8, 2 * availableParallelism()) } = options
  const launcher = await createLauncher(await buildGuest())
  observer.confined?.(launcher.layers)
  const supervisor = new Supervisor({ launcher, capacity: processes, observer })
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
    close: () => supervisor.close(),
  }
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
