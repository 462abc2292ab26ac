/**
 * What the registry says of a package. Anybody may publish there: of an answer only what is used is read, each part only
 * in the form it must have.
 */
import semver from 'semver'
import { z } from 'zod'
import { DependencyError } from './dependency.ts'

const names = z.record(z.string(), z.string()).catch({})
const list = z.array(z.string()).catch([])

const manifest = z.object({
  version: z.string(),
  dist: z.object({ tarball: z.string(), integrity: z.string().optional().catch(undefined) }),
  dependencies: names.default({}),
  optionalDependencies: names.default({}),
  peerDependencies: names.default({}),
  peerDependenciesMeta: z
    .record(z.string(), z.object({ optional: z.boolean().catch(false).default(false) }).catch({ optional: false }))
    .catch({})
    .default({}),
  /** Made for one system only: it holds a binary. */
  os: list.default([]),
  cpu: list.default([]),
})
export type Manifest = z.infer<typeof manifest>

export interface Packument {
  tags: ReadonlyMap<string, string>
  /** Unread until a version is chosen: there may be thousands. */
  versions: ReadonlyMap<string, unknown>
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

/** The liveliest packages have some 15,000. A range is held against each of them, on the thread that serves everybody. */
const mostVersions = 30_000

/** Throws where there are more versions than can be looked through. */
export const parsePackument = (text: string): Packument => {
  const { versions, 'dist-tags': tags } = Object(JSON.parse(text)) as Record<string, unknown>
  const entries = entriesOf(versions)
  if (entries.length > mostVersions) throw new RangeError(`There are more than ${mostVersions} versions.`)
  return {
    tags: new Map(entriesOf(tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    versions: new Map(entries),
  }
}

const isDeprecated = (value: unknown): boolean => Boolean((value as { deprecated?: unknown } | null)?.deprecated)

const highest = (versions: readonly string[], range: string): string | undefined =>
  semver.maxSatisfying(versions, range) ?? undefined

/** As npm chooses: a tag; else what `latest` names if the range allows it; else the highest, deprecated ones last. */
const chooseVersion = ({ tags, versions }: Packument, spec: string): string | undefined => {
  const exact = semver.valid(spec)
  if (exact !== null) return versions.has(exact) ? exact : undefined
  if (semver.validRange(spec) === null) return tags.get(spec)
  const latest = tags.get('latest')
  if (latest !== undefined && versions.has(latest) && semver.satisfies(latest, spec)) return latest
  const known = [...versions.keys()].filter((version) => semver.valid(version) !== null)
  const current = known.filter((version) => !isDeprecated(versions.get(version)))
  return highest(current, spec) ?? highest(known, spec)
}

/** Throws a `DependencyError` when there is no such version. */
export const chooseManifest = (packument: Packument, name: string, spec: string): Manifest => {
  const version = chooseVersion(packument, spec)
  const found = version === undefined ? undefined : packument.versions.get(version)
  if (version === undefined || found === undefined)
    throw new DependencyError(
      'ERR_DEPENDENCY_UNKNOWN_VERSION',
      `The registry has no version '${spec}' of the package '${name}'.`,
    )
  const parsed = manifest.safeParse(found)
  if (!parsed.success || parsed.data.version !== version || semver.valid(version) !== version)
    throw new DependencyError('ERR_DEPENDENCY_BROKEN', `What the registry says of ${name}@${version} cannot be read.`)
  return parsed.data
}
