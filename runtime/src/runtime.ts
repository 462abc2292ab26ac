/** The runtime's one door: builds actions, executes them, and ends with everything it has started. */
import { availableParallelism, totalmem } from 'node:os'
import type { Artifact, BuildResult } from './bundle/artifact.ts'
import { buildGuest } from './bundle/build-guest.ts'
import { buildWithPackages } from './bundle/build-with-packages.ts'
import type { Dependencies } from './dependencies/create-dependencies.ts'
import type { Dependency } from './dependencies/dependency.ts'
import { noDependencies } from './dependencies/no-dependencies.ts'
import { unavailable } from './egress/unavailable.ts'
import type { Inspection } from './isolate/run.ts'
import { type BuildLimits, defaultsOf, type RunLimits, runLimits } from './limits.ts'
import type { Observer, SandboxUsage } from './observer.ts'
import { checkModule } from './pipeline/check-module.ts'
import type { ExecutionRequest } from './pipeline/execution-request.ts'
import type { ExecutionResult } from './pipeline/execution-result.ts'
import { createPreparedVersions, forgetful, type PreparedVersions, plain } from './pipeline/prepared-versions.ts'
import { createRunAction } from './pipeline/run-action.ts'
import { runPipeline } from './pipeline/run-pipeline.ts'
import type { Egress, PreparationStore } from './ports.ts'
import { createLauncher, type Launcher } from './process/launcher.ts'
import { Preparer } from './process/preparer.ts'
import { Supervisor } from './process/supervisor.ts'
import { renderTemplates } from './templates/render-templates.ts'
import type { RenderRequest, RenderResult } from './templates/template.ts'

export interface BuildRequest {
  tenant: string
  source: string
  limits: BuildLimits & Pick<RunLimits, 'cpuMs' | 'heapMb'>
  /** Default `auto`: JavaScript first, TypeScript where JavaScript does not parse. */
  language?: 'auto' | 'javascript' | 'typescript'
  /** npm packages the source may require; each with an exact version, if builds are to be repeatable. */
  dependencies?: readonly Dependency[]
  /**
   * Put around the compiler, which takes a core and memory of its own: the host decides how many there are at once. What
   * follows it happens in processes that the runtime has bounded itself, and may take much longer.
   */
  compileInTurn?: <Result>(compile: () => Promise<Result>) => Promise<Result>
}

export interface RuntimeOptions {
  /**
   * Sandbox processes that take work for tenants, at most. The spares come on top, and those that only end their last
   * runs. Default: 128. They mostly wait, and memory is short before: this bounds what the system has to keep for each.
   */
  processes?: number
  /**
   * What all sandbox processes together may take of the machine's memory, in MB; beyond it the longest unused are ended.
   * Default: half of what the machine, or the container, has. Where the system does not say what a process takes (it is
   * not Linux), only `processes` holds.
   */
  memoryMb?: number
  /**
   * Blank processes that wait for tenants who have none. Default: one for every two cores, from 1 to 8. A further one is
   * started when one is taken, so this is how many tenants can begin at the same moment without waiting for that.
   */
  spares?: number
  observer?: Observer
  /** How actions reach the network. Without it `fetch` fails with the code ERR_EGRESS_UNAVAILABLE. */
  egress?: Egress
  /** Keeps what is prepared of dear versions. Without it, each runtime prepares them for itself, at the build or the first run. */
  preparations?: PreparationStore
  /** Where packages come from: see `createDependencies`. Without it a build with dependencies is refused. */
  dependencies?: Pick<Dependencies, 'install'>
}

export interface Runtime {
  /** Source to artifact. Rejects only for faults of ours; what the author did wrong is in the result. */
  build(request: BuildRequest): Promise<BuildResult>
  /** Runs bound actions from `position` up to the next pause or the end. Rejects only for faults of ours. */
  execute(request: ExecutionRequest): Promise<ExecutionResult>
  /**
   * Renders a tenant's Liquid templates in a process of its own, which costs some 200 ms of processor time: the host decides
   * how many there are at once. What a template does wrong is in the result; rejects only for faults of ours.
   */
  render(request: RenderRequest): Promise<RenderResult>
  usage(): SandboxUsage
  /** Ends every sandbox process. Runs in flight end with `canceled`. */
  close(): Promise<void>
}

/** Resolves when the first sandbox process is ready; rejects when this system cannot start one. */
export const createRuntime = async (options: RuntimeOptions = {}): Promise<Runtime> => {
  const { observer = {}, egress = unavailable, preparations = forgetful, dependencies = noDependencies } = options
  const { processes: capacity = 128, memoryMb = halfOfTheMachineMb(), spares = oneForTwoCores() } = options
  const launcher = await createLauncher(await buildGuest())
  observer.confined?.(launcher.layers)
  const supervisor = new Supervisor({ launcher, capacity, memoryBytes: memoryMb * megabyte, spares, observer })
  try {
    await supervisor.started
  } catch (error) {
    await supervisor.close()
    throw error
  }
  const preparer = new Preparer({ launcher, observer, memory: supervisor.memory })
  const { engine } = launcher
  const versions = createPreparedVersions({ store: preparations, preparer, engine, observer })
  const runAction = createRunAction({ supervisor, versions, egress })
  return {
    build: (request) => buildVersion({ supervisor, launcher, versions, dependencies }, request),
    execute: (request) => runPipeline({ runAction, observer }, request),
    render: (request) => renderTemplates(launcher.aroundCompilers, request),
    usage: () => supervisor.usage(),
    close: async () => void (await Promise.all([preparer.close(), supervisor.close()])),
  }
}

const megabyte = 1_048_576

const oneForTwoCores = (): number => Math.min(Math.max(1, Math.floor(availableParallelism() / 2)), 8)

/** Node answers 0, or a figure beyond all memory, where nothing narrower than the machine holds. */
const halfOfTheMachineMb = (): number => {
  const constrained = process.constrainedMemory() || Number.POSITIVE_INFINITY
  return Math.min(totalmem(), constrained) / 2 / megabyte
}

interface BuildDeps {
  supervisor: Supervisor
  launcher: Launcher
  versions: PreparedVersions
  dependencies: Pick<Dependencies, 'install'>
}

const buildVersion = async (deps: BuildDeps, request: BuildRequest): Promise<BuildResult> => {
  const { supervisor, launcher, versions, dependencies } = deps
  const { tenant, source, limits, language = 'auto', compileInTurn = atOnce } = request
  const { aroundCompilers: wrap, encloseCompiler: enclose } = launcher
  const input = {
    source,
    language,
    limits,
    wrap,
    dependencies: request.dependencies ?? [],
    ...(enclose && { enclose }),
  }
  const built = await buildWithPackages({ dependencies, compileInTurn }, input)
  if (!built.ok) return built
  const { cpuMs, heapMb } = limits
  const runsUnder = { ...defaultsOf(runLimits), cpuMs, heapMb }
  const module = plain(built.artifact)
  const found = await supervisor.inspect(tenant, module, runsUnder)
  const { errors, warnings: more } = checkModule(found, { artifact: built.artifact, source })
  const warnings = [...built.warnings, ...more]
  if (errors.length > 0) return { ok: false, errors, warnings }
  const isDear = loadsDearly(found) && loadsDearly(await supervisor.inspect(tenant, module, runsUnder))
  const artifact: Artifact = isDear ? { ...built.artifact, dear: true } : built.artifact
  const { packages } = built
  return { ok: true, artifact, packages, warnings, snapshot: await versions.prepare(tenant, artifact, runsUnder) }
}

const atOnce = <Result>(compile: () => Promise<Result>) => compile()

/**
 * What loading must cost, twice, for a version to be prepared ahead. The second time shows what each run would pay; a busy
 * machine rarely slows down both. Below it a snapshot gains nothing: docs/decisions/0006 has the figures.
 */
const dearMs = 1.5

const loadsDearly = ({ ok, loadMs }: Inspection): boolean => ok && loadMs >= dearMs
