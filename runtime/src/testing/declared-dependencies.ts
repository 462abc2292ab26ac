import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Dependency } from '../dependencies/dependency.ts'

/** The packages an action needs: what the package.json beside it names under `dependencies`. Interlock's own are for its tests. */
export const declaredDependencies = (actionFile: string): Dependency[] => {
  const file = join(dirname(actionFile), 'package.json')
  if (!existsSync(file)) return []
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> }
  return toDependencies(dependencies).filter(({ name }) => !name.startsWith('@interlock/'))
}

export const toDependencies = (versions: Readonly<Record<string, string>>): Dependency[] =>
  Object.entries(versions).map(([name, version]) => ({ name, version }))
