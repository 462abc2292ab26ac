/**
 * The single values of users' metadata as rows, so that a search finds them by an index and reads no JSON: `plan` in
 * `{ "plan": "gold" }` has the path `app_metadata.plan`. Elements of an array share its path.
 */

/** Of one user's metadata of either kind; what goes beyond is kept, but not found. */
const searchable = { values: 256, pathCharacters: 256, valueCharacters: 256 }

export interface MetadataValue {
  path: string
  /** In lower case. */
  value: string
  number: number | null
}

function* valuesIn(value: unknown, path: string): Generator<MetadataValue> {
  if (value === null || path.length > searchable.pathCharacters) return
  if (typeof value === 'object') {
    const isList = Array.isArray(value)
    for (const [name, inner] of Object.entries(value)) yield* valuesIn(inner, isList ? path : `${path}.${name}`)
    return
  }
  const text = String(value).toLowerCase()
  if (text.length > searchable.valueCharacters) return
  yield { path, value: text, number: typeof value === 'number' ? value : null }
}

export const metadataValues = (metadata: object, root: string): MetadataValue[] => {
  const found: MetadataValue[] = []
  for (const value of valuesIn(metadata, root)) {
    if (found.push(value) === searchable.values) break
  }
  return found
}
