/**
 * Lays the packages of a tree into a folder of their own, as Node would find them.
 *
 * - a tarball comes from the cache or from the registry, and is checked against the integrity the registry names
 * - a package that is only optional and holds a binary is left out; one that is needed refuses the whole version
 * - files are made anew and are plain: the folder holds no link, and nothing but what was unpacked
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { overrideManifest } from './build-overrides.ts'
import { DependencyError, type InstalledPackage } from './dependency.ts'
import { strongestOf } from './integrity.ts'
import { licenseOf } from './license.ts'
import type { PackageCache } from './package-cache.ts'
import type { Registry } from './registry.ts'
import { createSlots } from './slots.ts'
import { type Place, pathOf, placesUnder, requiredPlaces } from './tree.ts'
import { newUnpackBudget, type UnpackBudget, unpack } from './unpack.ts'

/** More than any real tree has: each file takes room on the disk whatever is in it. */
const mostFiles = 100_000

/** The tarballs of the largest SDKs have some 20 MB. */
const tarballBytes = 67_108_864

/** Tarballs of one version in memory at the same time. */
const unpackedAtOnce = 4

export interface InstallOptions {
  registry: Registry
  cache: PackageCache
  packageBytes: number
  signal: AbortSignal
}

interface Target {
  place: Place
  path: string
  name: string
  version: string
  title: string
  integrity: string
  tarballUrl: string
}

const targetOf = (place: Place): Target[] => {
  const { manifest, name } = place
  if (manifest === undefined) return []
  const { version, dist } = manifest
  const integrity = strongestOf(dist.integrity)
  const title = `${name}@${version}`
  if (integrity === undefined) {
    const text = `The registry has no SHA-512 integrity for ${title}: it cannot be checked.`
    throw new DependencyError('ERR_DEPENDENCY_BROKEN', text)
  }
  return [{ place, path: pathOf(place), name, version, title, integrity, tarballUrl: dist.tarball }]
}

const fetchTarball = async ({ registry, cache, packageBytes, signal }: InstallOptions, target: Target) => {
  const { title, integrity, tarballUrl: url } = target
  const cached = await cache.find(integrity)
  if (cached !== undefined) return cached
  const maximumBytes = Math.min(packageBytes, tarballBytes)
  const tarball = await registry.tarball({ title, url, integrity, maximumBytes }, signal)
  await cache.keep(integrity, tarball)
  return tarball
}

const parseManifest = (title: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new DependencyError('ERR_DEPENDENCY_BROKEN', `The package.json of ${title} is not JSON.`)
  }
}

type Unpacked = { record: InstalledPackage; files: string[] }

const unpackInto = async (
  folder: string,
  { name, version, title, integrity, path }: Target,
  { tarball, budget }: { tarball: Uint8Array; budget: UnpackBudget },
): Promise<Unpacked> => {
  const files: string[] = []
  let license: string | undefined
  await unpack({ title, tarball, budget }, async (file, content) => {
    const text = file === 'package.json' ? content.toString('utf8').replace(/^\uFEFF/, '') : undefined
    if (text !== undefined) license = licenseOf(parseManifest(title, text))
    const target = join(folder, path, file)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, text === undefined ? content : overrideManifest(name, text))
    files.push(`${path}/${file}`)
  })
  return { record: { name, version, integrity, path, ...(license !== undefined && { license }) }, files }
}

const isNative = (error: unknown): boolean => error instanceof DependencyError && error.code === 'ERR_DEPENDENCY_NATIVE'

/** Rejects with a `DependencyError`; the folder is then of no use. */
export const installTree = async (root: Place, folder: string, options: InstallOptions): Promise<Unpacked[]> => {
  const required = requiredPlaces(root)
  const budget = newUnpackBudget(options.packageBytes, mostFiles)
  const inSlot = createSlots(unpackedAtOnce)
  const failed = new AbortController()
  const signal = AbortSignal.any([options.signal, failed.signal])

  const installOne = async (target: Target): Promise<Unpacked[]> => {
    try {
      signal.throwIfAborted()
      const tarball = await fetchTarball({ ...options, signal }, target)
      return [await unpackInto(folder, target, { tarball, budget })]
    } catch (error) {
      if (isNative(error) && !required.has(target.place)) {
        await rm(join(folder, target.path), { recursive: true, force: true })
        return []
      }
      // The first failure ends the others, and is the one that is told.
      failed.abort(error)
      throw error
    }
  }

  const targets = placesUnder(root).flatMap(targetOf)
  // All of them are waited for: nothing may be written any more once this is over.
  const installed = await Promise.allSettled(targets.map((target) => inSlot(() => installOne(target))))
  if (failed.signal.aborted) throw failed.signal.reason
  await options.cache.trim()
  return installed.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
}
