/**
 * The single values of users' metadata as rows, so that a search finds them by an index and reads no JSON: `plan` in
 * `{ "plan": "gold" }` has the path `app_metadata.plan`. Elements of an array share its path.
 */
import type { User } from '../../users/user.ts'
import type { Database } from './database.ts'

/** Of one user's metadata of either kind; what goes beyond is kept, but not found. */
const searchable = { values: 256, pathCharacters: 256, valueCharacters: 256 }

interface MetadataValue {
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

const roots = { userMetadata: 'user_metadata', appMetadata: 'app_metadata' } as const

/** Takes the place of what is there of the kinds of metadata that are given. In a transaction with the user's own row. */
export const writeMetadataValues = async (
  db: Database,
  owner: { tenant: string; userId: string },
  metadata: Partial<Pick<User, 'userMetadata' | 'appMetadata'>>,
): Promise<void> => {
  for (const kind of ['userMetadata', 'appMetadata'] as const) {
    const content = metadata[kind]
    if (!content) continue
    const root = roots[kind]
    await db
      .deleteFrom('metadataValues')
      .where('tenant', '=', owner.tenant)
      .where('userId', '=', owner.userId)
      .where('root', '=', root)
      .execute()
    const rows = metadataValues(content, root).map((value, position) => ({ ...owner, root, position, ...value }))
    if (rows.length > 0) await db.insertInto('metadataValues').values(rows).execute()
  }
}
