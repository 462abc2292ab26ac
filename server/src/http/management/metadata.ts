import { invalidBody } from '../wire-problem.ts'

/** In characters as JSON: what one request can carry. No series of them may add up to a record that takes long to read. */
const longestRecord = 1_048_576
/** Levels of objects and arrays. Whoever walks them on the way needs some stack for each level. */
const deepest = 64

const isWithin = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1)))

/** Refuses what is too large or too deep to be stored. */
export const requireStorable = <Content extends object>(
  content: Content,
  { name = 'Metadata', longest = longestRecord }: { name?: string; longest?: number } = {},
): Content => {
  if (!isWithin(content, deepest)) throw invalidBody(`${name} may be nested ${deepest} levels deep`)
  if (JSON.stringify(content).length > longest) throw invalidBody(`${name} may take ${longest} characters as JSON`)
  return content
}

/** The vendor's rule for metadata: the first level is merged, `null` deletes a key, and an empty object deletes them all. */
export const mergeMetadata = <Value>(
  stored: Readonly<Record<string, Value>>,
  patch: Readonly<Record<string, Value | null>>,
): Record<string, Value> => {
  if (Object.keys(patch).length === 0) return {}
  const merged = Object.entries({ ...stored, ...patch }).filter(([, value]) => value !== null)
  return requireStorable(Object.fromEntries(merged) as Record<string, Value>)
}
