import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Dependency } from '../dependencies/dependency.ts'
import { BuildError } from './build-error.ts'

/**
 * The packages an action needs: what the package.json beside it names under `dependencies`. Interlock's own are for its tests.
 * Throws a `BuildError` when that file is no JSON.
 */
export const declaredDependencies = (actionFile: string): Dependency[] => {
  const file = join(dirname(actionFile), 'package.json')
  if (!existsSync(file)) return []
  const { dependencies = {} } = readManifest(file)
  return toDependencies(dependencies).filter(({ name }) => !name.startsWith('@interlock/'))
}

const readManifest = (file: string): { dependencies?: Record<string, string> } => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new BuildError([{ file, text: `This is no JSON: ${(error as Error).message}` }])
  }
}

export const toDependencies = (versions: Readonly<Record<string, string>>): Dependency[] =>
  Object.entries(versions).map(([name, version]) => ({ name, version }))
