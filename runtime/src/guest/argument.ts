/** What every method of `api` says about an argument it cannot use. */
import { type Plain, toPlainObject } from './plain.ts'
import { TypeErrorClass } from './primordials.ts'

/** Where a value came from: the method as authors write it after `api.`, and the argument's name. */
export interface Argument {
  method: string
  name: string
}

/** `access.deny: "reason" must be a string` */
export const wrongArgument = ({ method, name }: Argument, rule: string): TypeError =>
  new TypeErrorClass(`${method}: "${name}" ${rule}`)

export const requireString = (argument: Argument, value: unknown): string => {
  if (typeof value !== 'string') throw wrongArgument(argument, 'must be a string')
  return value
}

export const requireText = (argument: Argument, value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw wrongArgument(argument, 'must be a non-empty string')
  return value
}

/** A plain copy of an object that JSON can carry. */
export const requireObject = (argument: Argument, value: unknown): Plain => {
  const plain = toPlainObject(value)
  if (plain === undefined) throw wrongArgument(argument, 'must be an object')
  return plain
}

/** An options bag as the author passed it; reading it may run author code. Absent ones read as empty. */
export const readOptions = (argument: Argument, value: unknown): Record<string, unknown> => {
  if (value === undefined || value === null) return { __proto__: null }
  if (typeof value !== 'object') throw wrongArgument(argument, 'must be an object')
  return value as Record<string, unknown>
}
