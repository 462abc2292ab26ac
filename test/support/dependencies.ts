/** Packages from a registry on loopback, in a folder that goes with the test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  buildLimits,
  createDependencies,
  type Dependencies,
  type DependencyLimits,
  defaultsOf,
} from '@interlock/runtime'
import { openRegistry, type TestRegistry } from './registry.ts'

export interface TestDependencies {
  registry: TestRegistry
  dependencies: Dependencies
  folder: string
  limits: DependencyLimits
  close(): Promise<void>
}

export const openDependencies = async ({ cacheBytes = 67_108_864 } = {}): Promise<TestDependencies> => {
  const registry = await openRegistry()
  const folder = mkdtempSync(join(tmpdir(), 'interlock-packages-'))
  return {
    registry,
    dependencies: createDependencies({ registryUrl: registry.url, folder, cacheBytes }),
    folder,
    limits: defaultsOf(buildLimits),
    async close() {
      await registry.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
