import { codedError } from './coded-error.ts'
import { bare, TypeErrorClass } from './primordials.ts'

/** Modules an action may load, each with its loader. What is not listed is not found when `require` runs. */
const modules: Record<string, () => unknown> = bare({})

/** Throws at the call and never earlier: authors wrap optional modules in `try`. */
export const requireModule = (id: unknown): unknown => {
  if (typeof id !== 'string')
    throw codedError('The "id" argument must be of type string.', 'ERR_INVALID_ARG_TYPE', TypeErrorClass)
  const load = modules[id]
  if (load === undefined) throw codedError(`Cannot find module '${id}'`, 'MODULE_NOT_FOUND')
  return load()
}
