/**
 * From the packages an author names to all that belong to them.
 *
 * - level by level, so that what is named first lies highest; the answers for one level are fetched together
 * - a peer that nobody brought is laid beside the author's own packages; one that is there is taken as it is
 * - what is optional and cannot be had, or is made for one system only, is left out; everything else that cannot be had
 *   refuses the whole tree by name
 * - the number of packages is bounded; so cycles, which end at what is laid down already, need no rule of their own
 */
import { setImmediate } from 'node:timers/promises'
import { naming } from '../limits.ts'
import { type Dependency, DependencyError } from './dependency.ts'
import { chooseManifest, type Manifest } from './manifest.ts'
import type { Registry } from './registry.ts'
import { parseSpec } from './spec.ts'
import { lay, lookUp, newRoot, type Place, satisfies } from './tree.ts'

type Need = 'required' | 'optional' | 'peer'

interface Wish {
  by: Place
  folder: string
  name: string
  spec: string
  need: Need
}

interface Options {
  registry: Registry
  packages: number
  signal: AbortSignal
}

const wish = (by: Place, need: Need, [folder, spec]: [string, string]): Wish[] => {
  const parsed = parseSpec(folder, spec)
  if (parsed !== undefined) return [{ by, folder, name: parsed.name, spec: parsed.version, need }]
  if (need !== 'required') return []
  const text = `${by.name} asks for '${folder.slice(0, 60)}' from somewhere else than the registry.`
  throw new DependencyError('ERR_DEPENDENCY_VERSION', text)
}

const wishesOf = (by: Place, manifest: Manifest): Wish[] => {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = manifest
  const isOptionalPeer = (folder: string) => peerDependenciesMeta[folder]?.optional === true
  return [
    ...Object.entries(dependencies)
      .filter(([folder]) => !Object.hasOwn(optionalDependencies, folder))
      .flatMap((entry) => wish(by, 'required', entry)),
    ...Object.entries(optionalDependencies).flatMap((entry) => wish(by, 'optional', entry)),
    ...Object.entries(peerDependencies)
      .filter(([folder]) => !isOptionalPeer(folder))
      .flatMap((entry) => wish(by, 'peer', entry)),
  ]
}

/** What was found already and will do. */
const findLaid = ({ by, folder, name, spec, need }: Wish): Place | undefined => {
  const found = lookUp(need === 'peer' ? (by.parent ?? by) : by, folder)
  return found !== undefined && (need === 'peer' || satisfies(found, { name, spec })) ? found : undefined
}

const isForOneSystem = ({ os, cpu }: Manifest): boolean => os.length > 0 || cpu.length > 0

const fetchManifest = async (
  { registry, signal }: Options,
  { name, spec, need }: Wish,
): Promise<Manifest | undefined> => {
  try {
    const manifest = chooseManifest(await registry.packument(name, signal), name, spec)
    return need === 'optional' && isForOneSystem(manifest) ? undefined : manifest
  } catch (error) {
    const isAbsent = error instanceof DependencyError && error.code.startsWith('ERR_DEPENDENCY_UNKNOWN')
    if (isAbsent && need !== 'required') return undefined
    throw error
  }
}

const grow = (wished: Wish, manifest: Manifest, root: Place): Place =>
  lay(wished.need === 'peer' && !root.children.has(wished.folder) ? root : wished.by, { ...wished, manifest })

/** Asks for each package and version once. */
const askOnce = (options: Options) => {
  const asked = new Map<string, Promise<Manifest | undefined>>()
  return (wished: Wish): Promise<Manifest | undefined> => {
    const key = JSON.stringify([wished.name, wished.spec, wished.need])
    const known = asked.get(key) ?? fetchManifest(options, wished)
    asked.set(key, known)
    return known
  }
}

export const resolveTree = async (wanted: readonly Dependency[], options: Options): Promise<Place> => {
  const root = newRoot()
  const manifestOf = askOnce(options)
  let count = 0
  let looked = 0
  let level = wanted.flatMap(({ name, version }) => wish(root, 'required', [name, version]))
  while (level.length > 0) {
    const missing = level.filter((wished) => findLaid(wished) === undefined)
    if (new Set(missing.map(({ name }) => name)).size > options.packages) throw tooMany(options.packages)
    await Promise.all(missing.map(manifestOf))
    const next: Wish[] = []
    for (const wished of level) {
      const laid = findLaid(wished)
      const manifest = laid ? undefined : await manifestOf(wished)
      looked += 1
      if (looked % lookedAtOnce === 0) await letOthersRun(options.signal)
      const place = laid ?? (manifest && grow(wished, manifest, root))
      if (place === undefined) continue
      wished.by.found.set(wished.folder, { place, need: wished.need === 'optional' ? 'optional' : 'required' })
      if (manifest === undefined) continue
      count += 1
      if (count > options.packages) throw tooMany(options.packages)
      if (namesIn(manifest) > mostNames) throw namesTooMany(place)
      next.push(...wishesOf(place, manifest))
    }
    level = next
  }
  return root
}

/** Everybody is served by the thread that looks through hostile trees too. */
const lookedAtOnce = 500

const letOthersRun = async (signal: AbortSignal): Promise<void> => {
  await setImmediate()
  signal.throwIfAborted()
}

/** No package asks for as many; each costs time to be read. */
const mostNames = 1_000

const namesTooMany = ({ name }: Place) =>
  new DependencyError('ERR_DEPENDENCY_LIMIT', `${name} asks for more than ${mostNames} packages.`)

const namesIn = ({ dependencies, optionalDependencies, peerDependencies }: Manifest): number =>
  [dependencies, optionalDependencies, peerDependencies].reduce((sum, names) => sum + Object.keys(names).length, 0)

const tooMany = (most: number) =>
  new DependencyError(
    'ERR_DEPENDENCY_LIMIT',
    `The dependencies and what they depend on come to more than ${most} packages ${naming('packages')}.`,
  )
