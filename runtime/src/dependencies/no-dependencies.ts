import type { Dependencies } from './create-dependencies.ts'
import { DependencyError } from './dependency.ts'

const refuse = async (): Promise<never> => {
  throw new DependencyError('ERR_DEPENDENCY_REGISTRY', 'This runtime has no package registry.')
}

/** For a host that has named no registry. */
export const noDependencies: Dependencies = { resolve: refuse, install: refuse }
