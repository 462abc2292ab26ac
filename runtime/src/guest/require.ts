import { codedError } from './coded-error.ts'
import { loadNode } from './libraries.ts'
import { slice, startsWith, TypeErrorClass } from './primordials.ts'

const scheme = 'node:'

/** Throws at the call and never earlier: authors wrap optional modules in `try`. */
export const requireModule = (id: unknown): unknown => {
  if (typeof id !== 'string')
    throw codedError('The "id" argument must be of type string.', 'ERR_INVALID_ARG_TYPE', TypeErrorClass)
  const load = loadNode().loaders[startsWith(id, scheme) ? slice(id, scheme.length) : id]
  if (load === undefined) throw codedError(`Cannot find module '${id}'`, 'MODULE_NOT_FOUND')
  return load()
}
