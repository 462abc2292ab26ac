/**
 * Where packages lie, as Node finds them: in the `node_modules` of whoever requires them, or of a folder above. Each is laid
 * as high as it can be without hiding from anybody what he has found already.
 */
import semver from 'semver'
import type { Manifest } from './manifest.ts'

export interface Place {
  /** The folder's name in `node_modules`: the package's own unless it is an alias. Empty for the root. */
  folder: string
  name: string
  manifest: Manifest | undefined
  parent: Place | undefined
  children: Map<string, Place>
  /** Whom its `require` was promised. */
  found: Map<string, { place: Place; need: 'required' | 'optional' }>
}

export interface Sought {
  folder: string
  name: string
  manifest: Manifest
}

const newPlace = (parent: Place | undefined, sought: Omit<Sought, 'manifest'> & { manifest?: Manifest }): Place => ({
  folder: sought.folder,
  name: sought.name,
  manifest: sought.manifest,
  parent,
  children: new Map(),
  found: new Map(),
})

export const newRoot = (): Place => newPlace(undefined, { folder: '', name: '' })

/** From the root's folder, with slashes. */
export const pathOf = ({ parent, folder }: Place): string =>
  parent === undefined ? '' : [pathOf(parent), 'node_modules', folder].filter((part) => part !== '').join('/')

export const lookUp = (from: Place, folder: string): Place | undefined => {
  for (let at: Place | undefined = from; at !== undefined; at = at.parent) {
    const child = at.children.get(folder)
    if (child !== undefined) return child
  }
  return undefined
}

/** Everything that lies in the place's `node_modules`, at any depth, and the place. */
export const placesUnder = (place: Place): Place[] => [place, ...[...place.children.values()].flatMap(placesUnder)]

/** Would a package in `level` come between somebody below it and what he found further up? */
const hides = (level: Place, folder: string): boolean => {
  const under = new Set(placesUnder(level))
  return [...under].some((place) => {
    const { parent } = place.found.get(folder)?.place ?? {}
    return parent !== undefined && !under.has(parent)
  })
}

/** The highest `node_modules` on the way up from `from` in which the name is free and nothing is hidden. */
const highestFree = (from: Place, folder: string): Place => {
  let best = from
  for (let level: Place | undefined = from; level !== undefined; level = level.parent) {
    if (level.children.has(folder) || hides(level, folder)) break
    best = level
  }
  return best
}

export const satisfies = ({ manifest, name }: Place, sought: { name: string; spec: string }): boolean =>
  manifest !== undefined && name === sought.name && semver.satisfies(manifest.version, sought.spec)

/** Lays a package down for `from`, who has not found one that would do. */
export const lay = (from: Place, sought: Sought): Place => {
  const level = highestFree(from, sought.folder)
  const place = newPlace(level, sought)
  level.children.set(sought.folder, place)
  return place
}

/** The packages that are needed by somebody who is needed. What is optional may be left out. */
export const requiredPlaces = (root: Place): ReadonlySet<Place> => {
  const required = new Set<Place>([root])
  for (const place of required)
    for (const { place: other, need } of place.found.values()) if (need === 'required') required.add(other)
  return required
}
