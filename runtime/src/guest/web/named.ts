/** Names of classes and functions as authors know them: a bundler renames what is called like something else. */
export const named = <T extends Record<string, unknown>>(values: T): T => {
  for (const [name, value] of Object.entries(values))
    if (typeof value === 'function' && value.name !== name) Object.defineProperty(value, 'name', { value: name })
  return values
}

/** Members of a class that can be enumerated, as Web IDL has them. */
export const enumerable = (target: { prototype: object }, ...names: readonly PropertyKey[]): void => {
  for (const name of names) Object.defineProperty(target.prototype, name, { enumerable: true })
}

/** The tag of a class, by which `Object.prototype.toString` names its instances. */
export const tag = (target: { prototype: object }, name: string): void => {
  Object.defineProperty(target.prototype, Symbol.toStringTag, { value: name, configurable: true })
}
