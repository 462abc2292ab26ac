import type { User } from '../../users/user.ts'
import type { Database } from './database.ts'
import { metadataValues } from './metadata-values.ts'

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
