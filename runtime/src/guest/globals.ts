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
  keys,
  type List,
  ownKeys,
} from './primordials.ts'

/** Not its own list of names: what nobody has looked at must go too. */
const permitted: Record<PropertyKey, true | undefined> = bare({})
const removed: Record<PropertyKey, true | undefined> = bare({})
const names = keys(permits)
for (let index = 0; index < names.length; index++) {
  const name = names[index] as keyof typeof permits
  const { verdict } = permits[name]
  if (verdict === 'remove') removed[name] = true
  else if (verdict !== 'switched-off') permitted[name] = true
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
    if (permitted[name] === true) continue
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
    if (permitted[name] !== true && name in removed) throw new ErrorClass(`Loading it defines ${String(name)}.`)
    permitted[name] = true
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

/** Globals that are made together, by `load`, when the first of them is read. One that the author has replaced stays so. */
export const addLazyGlobals = (names: readonly string[], load: () => Record<string, unknown>): void => {
  let loaded: Record<string, unknown> | undefined
  const read = (name: string): unknown => {
    loaded ??= load()
    defineProperty(globalThis, name, hidden(loaded[name]))
    return loaded[name]
  }
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string
    const get = () => read(name)
    const set = (value: unknown) => defineProperty(globalThis, name, hidden(value))
    defineProperty(globalThis, name, bare({ get, set, configurable: true, enumerable: false }))
  }
}
