/**
 * npm packages for actions: the author's wishes to exact versions, exact versions to a folder that can be bundled. One
 * object for a whole server; it starts nothing and needs no end.
 */
import { mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildLimits, naming } from '../limits.ts'
import { type Dependency, DependencyError, type Installation } from './dependency.ts'
import { installTree } from './install.ts'
import { chooseManifest } from './manifest.ts'
import { createPackageCache } from './package-cache.ts'
import { publicRegistry } from './public-registry.ts'
import { createRegistry } from './registry.ts'
import { resolveTree } from './resolve-tree.ts'
import { createSlots } from './slots.ts'
import { checkWanted } from './spec.ts'

export type DependencyLimits = Pick<BuildLimits, 'packages' | 'packageBytes' | 'packagesMs'>

export interface Dependencies {
  /** The exact version of each, in the same order. Rejects with a `DependencyError`. */
  resolve(wanted: Dependency): Promise<Dependency>
  /** Fetches and unpacks them with all they depend on. Rejects with a `DependencyError`. */
  install(dependencies: readonly Dependency[], limits: DependencyLimits): Promise<Installation>
}

export interface DependencyOptions {
  /** https, or http for a registry on this machine. Default: npm's public registry. */
  registryUrl?: string
  /** For tarballs and for what is being bundled; made if it is not there. Several processes may share it. */
  folder: string
  /** Tarballs are kept up to this size. */
  cacheBytes: number
}

/** Somebody waits for the answer to a save. */
const resolveMs = 15_000

/** Each holds a tree and its tarballs in memory while it is unpacked. */
const installsAtOnce = 3

/** What a process that was killed has left behind is older than any build that still runs. */
const abandonedMs = 3_600_000

const removeAbandoned = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const made = await stat(path).catch(() => undefined)
    if (made !== undefined && Date.now() - made.mtimeMs > abandonedMs) await rm(path, { recursive: true, force: true })
  }
}

const timeIsOver = (limits: DependencyLimits) =>
  new DependencyError(
    'ERR_DEPENDENCY_LIMIT',
    `The packages were not fetched within ${limits.packagesMs} ms ${naming('packagesMs')}.`,
  )

export const createDependencies = ({
  registryUrl = publicRegistry,
  folder,
  cacheBytes,
}: DependencyOptions): Dependencies => {
  const registry = createRegistry(registryUrl)
  const cache = createPackageCache(join(folder, 'tarballs'), cacheBytes)
  const builds = join(folder, 'builds')
  const inSlot = createSlots(installsAtOnce)

  const openFolder = async (): Promise<string> => {
    await mkdir(builds, { recursive: true })
    await removeAbandoned(builds)
    return realpath(await mkdtemp(join(builds, 'build-')))
  }

  const installInto = async (path: string, dependencies: readonly Dependency[], limits: DependencyLimits) => {
    const signal = AbortSignal.timeout(limits.packagesMs)
    const remove = () => rm(path, { recursive: true, force: true })
    try {
      const root = await resolveTree(dependencies, { registry, packages: limits.packages, signal })
      // Whoever looks further up for a package.json must not meet one of the host.
      await writeFile(join(path, 'package.json'), '{}')
      const { packageBytes } = limits
      const unpacked = await installTree(root, path, { registry, cache, packageBytes, signal })
      const packages = unpacked.map(({ record }) => record)
      return { folder: path, packages, files: new Set(unpacked.flatMap(({ files }) => files)), remove }
    } catch (error) {
      await remove()
      if (signal.aborted) throw timeIsOver(limits)
      throw error
    }
  }

  return {
    async resolve(wanted) {
      checkWanted(wanted)
      const { name, version } = wanted
      const packument = await registry.packument(name, AbortSignal.timeout(resolveMs))
      return { name, version: chooseManifest(packument, name, version).version }
    },
    install: (dependencies, limits) =>
      inSlot(async () => {
        for (const dependency of dependencies) checkWanted(dependency)
        return installInto(await openFolder(), dependencies, limits)
      }),
  }
}
