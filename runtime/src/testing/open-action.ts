/** Opens an action file: builds it as a server does, and runs it in a sandbox process as a server does. */
import { readFileSync } from 'node:fs'
import { extname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildMessage } from '../bundle/artifact.ts'
import { buildLimits, defaultsOf, type RunLimits, runLimits } from '../limits.ts'
import type { BuildRequest } from '../runtime.ts'
import { BuildError } from './build-error.ts'
import { declaredDependencies, toDependencies } from './declared-dependencies.ts'
import { type ActionRun, createPipeline, type ExecuteOptions, type OpenedFile } from './pipeline.ts'
import { testTenant, withRuntime } from './shared-runtime.ts'

export interface ActionOptions {
  /** Become `event.secrets`. */
  secrets?: Record<string, string>
  /** npm packages by name, each with a version or a range. Default: what the package.json beside the file names. */
  dependencies?: Record<string, string>
  /** Values of `runLimits`; what is left out has a server's default. */
  limits?: Partial<RunLimits>
}

export interface OpenedAction {
  /** What the build says although it succeeded. `file` is the path that was opened. */
  readonly warnings: readonly BuildMessage[]
  /**
   * Runs a handler as a server does, with an everyday event unless one is given. Whatever the action does is in the answer;
   * rejects only when the test is at fault, such as with an `UnexpectedRequestError`.
   */
  execute(options?: ExecuteOptions): Promise<ActionRun>
}

/**
 * `file` is a path from the working directory, or a `file:` URL: `new URL('./action.ts', import.meta.url)`. JavaScript or
 * TypeScript, CommonJS or ES module. Rejects with a `BuildError` that says what is wrong where.
 */
export const openAction = (file: string | URL, options: ActionOptions = {}): Promise<OpenedAction> =>
  openPipeline([{ file, ...options }], options)

/** Several actions in the order of their binding; each with secrets of its own. */
export const openPipeline = async (
  actions: readonly (Omit<ActionOptions, 'limits'> & { file: string | URL })[],
  { limits: given = {} }: Pick<ActionOptions, 'limits'> = {},
): Promise<OpenedAction> => {
  const limits = { ...defaultsOf(runLimits), ...given }
  const files: OpenedFile[] = []
  const warnings: BuildMessage[] = []
  for (const { file, secrets = {}, dependencies } of actions) {
    const built = await buildFile(file, { limits, ...(dependencies && { dependencies }) })
    files.push({ name: built.path, artifact: built.artifact, secrets })
    warnings.push(...built.warnings)
  }
  return { warnings, ...createPipeline({ files, limits }) }
}

const buildFile = async (
  file: string | URL,
  { limits, dependencies }: { limits: RunLimits; dependencies?: Record<string, string> },
) => {
  const fullPath = file instanceof URL ? fileURLToPath(file) : resolve(file)
  const path = shortestPath(fullPath)
  const request: BuildRequest = {
    tenant: testTenant,
    source: readFileSync(fullPath, 'utf8'),
    language: languages[extname(fullPath)] ?? 'auto',
    dependencies: dependencies ? toDependencies(dependencies) : declaredDependencies(fullPath),
    limits: { ...defaultsOf(buildLimits), ...limits },
  }
  const built = await withRuntime((runtime) => runtime.build(request))
  const inFile = (messages: readonly BuildMessage[]) => messages.map((message) => ({ ...message, file: path }))
  if (!built.ok) throw new BuildError(inFile(built.errors))
  return { path, artifact: built.artifact, warnings: inFile(built.warnings) }
}

const languages: Readonly<Record<string, BuildRequest['language']>> = {
  '.js': 'javascript',
  '.cjs': 'javascript',
  '.mjs': 'javascript',
  '.ts': 'typescript',
  '.cts': 'typescript',
  '.mts': 'typescript',
}

/** As an editor's terminal makes a link of it. */
const shortestPath = (fullPath: string): string => {
  const fromHere = relative(process.cwd(), fullPath)
  return fromHere.startsWith('..') ? fullPath : fromHere
}
