/**
 * What an author asks for to what is stored: exact versions.
 *
 * - the number is checked before the registry is asked
 * - a version that the draft has already is not asked for again: saving the same again works without the registry
 * - a refusal names the entry and the rule; a registry that does not answer is no fault of the author
 */
import { type Dependencies, type Dependency, DependencyError } from '@interlock/runtime'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import { invalidBody, type WireProblem } from '../../wire-problem.ts'
import { overLimit, registryFailed } from './refusals.ts'

export interface DependencyDeps {
  dependencies: Pick<Dependencies, 'resolve'>
}

const fields: Partial<Record<DependencyError['code'], string>> = {
  ERR_DEPENDENCY_NAME: '.name',
  ERR_DEPENDENCY_UNKNOWN: '.name',
  ERR_DEPENDENCY_VERSION: '.version',
  ERR_DEPENDENCY_UNKNOWN_VERSION: '.version',
}

const refusal = (error: DependencyError, index: number): WireProblem =>
  error.code === 'ERR_DEPENDENCY_REGISTRY'
    ? registryFailed(error)
    : invalidBody(error.message, `dependencies[${index}]${fields[error.code] ?? ''}`)

export const resolveDependencies = async (
  { dependencies }: DependencyDeps,
  tenant: Tenant,
  { wanted, known }: { wanted: readonly Dependency[]; known: readonly Dependency[] },
): Promise<Dependency[]> => {
  const { dependencies: most } = effectiveLimits(tenant)
  if (wanted.length > most) throw overLimit('dependencies', { found: wanted.length, most, unit: 'dependencies' })
  const isKnown = ({ name, version }: Dependency) =>
    known.some((dependency) => dependency.name === name && dependency.version === version)

  const resolveOne = async (dependency: Dependency, index: number): Promise<Dependency> => {
    if (isKnown(dependency)) return dependency
    try {
      return await dependencies.resolve(dependency)
    } catch (error) {
      throw error instanceof DependencyError ? refusal(error, index) : error
    }
  }
  return Promise.all(wanted.map(resolveOne))
}
