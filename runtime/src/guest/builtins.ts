/**
 * Builtins that V8 adds to a context only after it was made from a snapshot: Temporal, the newest methods, and others. While
 * a snapshot is made they are missing, and a module that looks for one would take another way than in its run.
 */
import {
  add,
  bare,
  createList,
  defineProperty,
  deleteProperty,
  keys,
  type List,
  ownKeys,
  ownProperty,
} from './primordials.ts'

/** `Temporal`, `Promise.try`, `Date.prototype.toTemporalInstant`: a property and where it is found. */
type Path = List<string>

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'

/** Without calling a getter: lazy globals stay what they are. */
const ownValue = (target: object, key: string): unknown => ownProperty(target, key)?.value

const addPaths = (paths: List<Path>, target: object, parents: Path) => {
  const names = ownKeys(target)
  for (let index = 0; index < names.length; index++) {
    const name = names[index]
    if (typeof name !== 'string') continue
    const path = createList<string>()
    for (let at = 0; at < parents.length; at++) add(path, parents[at] as string)
    add(path, name)
    add(paths, path)
  }
}

/** Every named property of the globals and of their prototypes. */
export const listBuiltins = (): List<Path> => {
  const paths = createList<Path>()
  addPaths(paths, globalThis, createList())
  const globals = paths.length
  for (let index = 0; index < globals; index++) {
    const path = paths[index] as Path
    const name = path[0] as string
    const value = ownValue(globalThis, name)
    if (!isObject(value) || value === globalThis) continue
    addPaths(paths, value, path)
    const prototype = ownValue(value, 'prototype')
    if (!isObject(prototype)) continue
    const parents = createList<string>()
    add(parents, name)
    add(parents, 'prototype')
    addPaths(paths, prototype, parents)
  }
  return paths
}

interface Absence {
  target: object
  key: string
  name: string
  get: () => undefined
}

const nameOf = (path: Path): string => {
  let name = path[0] as string
  for (let index = 1; index < path.length; index++) name += `.${path[index]}`
  return name
}

/**
 * Notes who looks for one of `paths` that is not there, or puts something in its place. The answer ends that and tells the
 * names.
 */
export const noteMissing = (paths: List<Path>): (() => List<string>) => {
  const touched: Record<string, true> = bare({})
  const absences = createList<Absence>()

  const note = (path: Path, target: object) => {
    const key = path[path.length - 1] as string
    if (ownProperty(target, key) !== undefined) return
    const name = nameOf(path)
    const get = () => {
      touched[name] = true
      return undefined
    }
    const set = () => {
      touched[name] = true
    }
    defineProperty(target, key, bare({ get, set, configurable: true, enumerable: false }))
    add(absences, bare({ target, key, name, get }))
  }

  for (let index = 0; index < paths.length; index++) {
    const path = paths[index] as Path
    let target: unknown = globalThis
    for (let at = 0; at < path.length - 1 && isObject(target); at++) target = ownValue(target, path[at] as string)
    if (isObject(target)) note(path, target)
  }

  return () => {
    for (let index = 0; index < absences.length; index++) {
      const { target, key, name, get } = absences[index] as Absence
      if (ownProperty(target, key)?.get !== get) touched[name] = true
      deleteProperty(target, key)
    }
    return bare(keys(touched))
  }
}
