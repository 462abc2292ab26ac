/**
 * An author's file and the packages it depends on to one artifact.
 *
 * - the author's file is compiled first: one that does not compile costs no look at the registry
 * - fetching waits for the network, not for a processor: it holds no place among the compilers
 * - what cannot be had or bundled is an error of the build, which names the package and the rule
 */
import type { Dependencies } from '../dependencies/create-dependencies.ts'
import { type Dependency, DependencyError } from '../dependencies/dependency.ts'
import { naming } from '../limits.ts'
import type { Artifact, BuildMessage, Compilation } from './artifact.ts'
import { offeredModules } from './author-imports.ts'
import { type BuildInput, buildArtifact } from './build.ts'
import { bundlePackages, type PackageBundle } from './bundle-packages.ts'
import { composeModule } from './compose-module.ts'
import { missingModules } from './missing-modules.ts'

export interface PackageBuildInput extends BuildInput {
  dependencies: readonly Dependency[]
  /** A command line that makes a folder the root of all that can be seen. */
  enclose?: (folder: string) => readonly string[]
}

export interface PackageBuildDeps {
  dependencies: Pick<Dependencies, 'install'>
  compileInTurn: <Result>(compile: () => Promise<Result>) => Promise<Result>
}

const refuse = (artifact: Artifact, text: string, warnings: BuildMessage[]): Compilation => ({
  ok: false,
  errors: [{ text, file: artifact.fileName }],
  warnings,
})

const tooMany = ({ dependencies, limits }: PackageBuildInput): string =>
  `The action has more than ${limits.dependencies} dependencies ${naming('dependencies', dependencies.length)}.`

const bundle = async (deps: PackageBuildDeps, input: PackageBuildInput, author: Artifact): Promise<PackageBundle> => {
  const { dependencies, limits, wrap = [], enclose } = input
  const offered = offeredModules(
    author.code,
    dependencies.map(({ name }) => name),
  )
  const installation = await deps.dependencies.install(dependencies, limits)
  try {
    const given = { installation, offered, limits, wrap, ...(enclose && { enclose }) }
    return await deps.compileInTurn(() => bundlePackages(given))
  } finally {
    await installation.remove()
  }
}

const addPackages = async (
  deps: PackageBuildDeps,
  input: PackageBuildInput,
  { artifact, warnings }: Extract<Compilation, { ok: true }>,
): Promise<Compilation> => {
  try {
    const bundled = await bundle(deps, input, artifact)
    if (!bundled.ok) return refuse(artifact, bundled.text, warnings)
    const file = artifact.fileName
    return {
      ok: true,
      artifact: composeModule(artifact, bundled.code),
      packages: bundled.packages,
      warnings: [...warnings, ...bundled.warnings.map((text) => ({ text, file }))],
    }
  } catch (error) {
    if (error instanceof DependencyError) return refuse(artifact, error.message, warnings)
    throw error
  }
}

/** Rejects only for faults of ours; what the author or a package did wrong is in the result. */
export const buildWithPackages = async (deps: PackageBuildDeps, input: PackageBuildInput): Promise<Compilation> => {
  const built = await deps.compileInTurn(() => buildArtifact(input))
  if (!built.ok) return built
  const declared = input.dependencies.map(({ name }) => name)
  if (declared.length > input.limits.dependencies) return refuse(built.artifact, tooMany(input), built.warnings)
  const warnings = [...built.warnings, ...missingModules(built.artifact, input.source, declared)]
  return declared.length === 0 ? { ...built, warnings } : addPackages(deps, input, { ...built, warnings })
}
