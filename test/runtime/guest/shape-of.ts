/** Runs in Node, and as text in the guest. */

/** `EventEmitter.prototype.on` to `function addListener/2`: a name, its type, and for functions their name and length. */
export type Shape = Record<string, string>

/**
 * Every name of a module, or those asked for of the globals. Looks at statics and prototypes of classes, one level deep, and
 * at accessors of a prototype without calling them. Symbols count where others can name them.
 */
export const shapeOf = (root: object, names?: readonly PropertyKey[]): Shape => {
  const shape: Shape = {}
  const isSpecial = (key: PropertyKey) => typeof Symbol[key as never] === 'symbol'
  const shared = new Map(
    Reflect.ownKeys(Symbol)
      .filter(isSpecial)
      .map((key) => [Symbol[key as never], `Symbol.${String(key)}`]),
  )
  const nameOf = (key: PropertyKey) => {
    if (typeof key !== 'symbol') return key
    const registered = Symbol.keyFor(key)
    return shared.get(key as never) ?? (registered === undefined ? undefined : `[${registered}]`)
  }
  const describe = (value: unknown) =>
    typeof value === 'function' ? `function ${String(value.name)}/${value.length}` : typeof value
  const common = ['length', 'name', 'prototype', 'arguments', 'caller', 'constructor']
  const keysOf = (value: object) => Reflect.ownKeys(value).filter((key) => !common.includes(key as string))

  /** Accessors of a module and of the globals are read: they answer a class or function when it is wanted first. */
  const read = (object: object, key: PropertyKey): { value: unknown } | undefined => {
    try {
      return { value: object[key as never] }
    } catch {
      return undefined
    }
  }
  const look = (object: object, key: PropertyKey, path: string) => {
    const name = nameOf(key)
    const property = Reflect.getOwnPropertyDescriptor(object, key)
    if (name === undefined || property === undefined) return
    const isAccessor = property.get !== undefined || property.set !== undefined
    shape[path + String(name)] = isAccessor ? 'accessor' : describe(property.value)
  }
  const lookAtMembers = ({ prototype }: { prototype?: unknown }, path: string) => {
    if (typeof prototype !== 'object' || prototype === null) return
    for (const key of keysOf(prototype)) look(prototype, key, `${path}prototype.`)
  }

  for (const key of names ?? (typeof root === 'function' ? keysOf(root) : Reflect.ownKeys(root))) {
    const name = nameOf(key)
    if (name === undefined || !Object.hasOwn(root, key)) continue
    const found = read(root, key)
    shape[String(name)] = found === undefined ? 'throws' : describe(found.value)
    const value = found?.value
    if (typeof value !== 'function' || value === root || name === 'module.exports') continue
    for (const key of keysOf(value)) look(value, key, `${String(name)}.`)
    lookAtMembers(value, `${String(name)}.`)
  }
  if (typeof root === 'function') lookAtMembers(root, '')
  return { ...shape, 'module.exports': describe(root) }
}
