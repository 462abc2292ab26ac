/** Author values become plain data here, before they are kept or sent: getters, `toJSON` and proxies run once, now. */
import { bare, isArray, keys, parseJson, stringifyJson } from './primordials.ts'

export type Plain = Record<string, unknown>

const strip = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value
  const names = keys(value)
  for (let index = 0; index < names.length; index++) strip((value as Plain)[names[index] as string])
  return bare(value)
}

/**
 * A copy of what `JSON.stringify` makes of `value`, without prototypes down to the leaves; `undefined` when that is no
 * object. Throws what the author's own code throws on the way, and `JSON.stringify`'s own errors.
 */
export const toPlainObject = (value: unknown): Plain | undefined => {
  if (value === null || typeof value !== 'object') return undefined
  const json = stringifyJson(value)
  const copy = json === undefined ? undefined : parseJson(json)
  if (copy === null || typeof copy !== 'object' || isArray(copy)) return undefined
  return strip(copy) as Plain
}

/** Whether no value lies below `depth` levels of objects and arrays; `value` is plain. */
export const isWithin = (value: unknown, depth: number): boolean => {
  if (value === null || typeof value !== 'object') return true
  if (depth === 0) return false
  const names = keys(value)
  for (let index = 0; index < names.length; index++)
    if (!isWithin((value as Plain)[names[index] as string], depth - 1)) return false
  return true
}
