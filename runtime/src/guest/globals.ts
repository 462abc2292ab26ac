/** Makes the context's global object what `permits.ts` says. */

import { wrapArrayBuffer } from './array-buffer.ts'
import { permits } from './permits.ts'
import {
  add,
  bare,
  createList,
  defineProperty,
  deleteProperty,
  ErrorClass,
  indexOf,
  keys,
  type List,
  ownKeys,
  stringifyJson,
} from './primordials.ts'

/** No function below may name the table: it would be in every context. */
const permittedNames = createList<string>()
const removedNames = createList<string>()
const names = keys(permits)
for (let index = 0; index < names.length; index++) {
  const name = names[index] as keyof typeof permits
  const { verdict } = permits[name]
  if (verdict === 'remove') add(removedNames, name)
  else if (verdict !== 'switched-off') add(permittedNames, name)
}

/**
 * Not its own list of names: what nobody has looked at must go too. As JSON, because a context with two tables of a hundred
 * names in it costs more than one with two texts.
 */
const permitted = stringifyJson(permittedNames) as string
const removed = stringifyJson(removedNames) as string
const added = createList<PropertyKey>()

const isIn = (names: string, name: PropertyKey): boolean =>
  typeof name === 'string' && indexOf(names, stringifyJson(name) as string) !== -1

const isPermitted = (name: PropertyKey): boolean => {
  for (let index = 0; index < added.length; index++) if (added[index] === name) return true
  return isIn(permitted, name)
}

const hidden = (value: unknown) => bare({ value, configurable: true, enumerable: false, writable: true })

/** A symbol among them nobody could name from outside. */
const removeGlobal = (name: PropertyKey): void => {
  if (typeof name === 'symbol' || !deleteProperty(globalThis, name))
    throw new ErrorClass(`The global ${String(name)} cannot be removed.`)
}

/**
 * Removes what is not permitted, and answers its names: V8 itself puts globals back into a context that is made from a
 * snapshot.
 */
export const removeGlobals = (): List<string> => {
  const surplus = createList<string>()
  const names = ownKeys(globalThis)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as PropertyKey
    if (isPermitted(name)) continue
    removeGlobal(name)
    add(surplus, name as string)
  }
  return surplus
}

/** To look at all globals is a twentieth of what a run costs; contexts of one isolate have the same. */
export const removeNamed = (surplus: List<string>): void => {
  for (let index = 0; index < surplus.length; index++) removeGlobal(surplus[index] as string)
}

/** Lets everything stay that is there now: what a module has added, not what V8 puts back. Throws where they are the same. */
export const permitPresent = (): void => {
  const names = ownKeys(globalThis)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as PropertyKey
    if (isPermitted(name)) continue
    if (isIn(removed, name)) throw new ErrorClass(`Loading it defines ${String(name)}.`)
    add(added, name)
  }
}

/** Replaces what is permitted only in another form. */
export const wrapGlobals = (): void => {
  defineProperty(globalThis, 'ArrayBuffer', hidden(wrapArrayBuffer(ArrayBuffer)))
}

/** Gives the context the globals that belong to one run. */
export const addGlobals = (additions: Record<string, unknown>): void => {
  const names = ownKeys(additions)
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    defineProperty(globalThis, name, hidden(additions[name]))
  }
}

/** A property that is made when it is read first. */
export const addLazyProperty = (target: object, name: string, load: () => unknown): void => {
  const keep = (value: unknown) => {
    defineProperty(target, name, bare({ value, configurable: true, enumerable: true, writable: true }))
    return value
  }
  defineProperty(target, name, bare({ get: () => keep(load()), set: keep, configurable: true, enumerable: true }))
}

export interface LazyGroup {
  names: readonly string[]
  /** What the names stand for. Called once. */
  load(): Record<string, unknown>
  loaded?: Record<string, unknown>
}

const readLazy = (group: LazyGroup, name: string): unknown => {
  group.loaded ??= group.load()
  const value = group.loaded[name]
  defineProperty(globalThis, name, hidden(value))
  return value
}

/** Globals that are made together when the first of them is read. One that the author has replaced stays so. */
export const addLazyGlobals = (group: LazyGroup): void => {
  const { names } = group
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    const get = () => readLazy(group, name)
    const set = (value: unknown) => defineProperty(globalThis, name, hidden(value))
    defineProperty(globalThis, name, bare({ get, set, configurable: true, enumerable: false }))
  }
}
