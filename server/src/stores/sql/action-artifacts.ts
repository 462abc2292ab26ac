/** Artifacts by the hash of their content: drafts and versions with the same content share one. */
import { createHash } from 'node:crypto'
import { type Artifact, preparationName } from '@interlock/runtime'
import type { Connection } from './action-rows.ts'

/** Over the source map too: the same code can come from sources laid out differently. */
const keyOf = (artifact: string): string => createHash('sha256').update(artifact).digest('hex')

export const putArtifact = async (db: Connection, tenant: string, artifact: Artifact): Promise<string> => {
  const { hash, code, sourceMap, fileName, dear } = artifact
  const text = JSON.stringify({ hash, code, sourceMap, fileName, dear })
  const key = keyOf(text)
  await db
    .insertInto('actionArtifacts')
    .values({ tenant, key, artifact: text, preparedAs: dear ? preparationName(artifact) : null })
    .onConflict((conflict) => conflict.columns(['tenant', 'key']).doNothing())
    .execute()
  return key
}

/** To be called in the transaction in which a draft or a version lets go of its artifact. */
export const dropUnusedArtifacts = async (db: Connection, tenant: string): Promise<void> => {
  await db
    .deleteFrom('actionArtifacts')
    .where('tenant', '=', tenant)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('actions')
            .select('id')
            .whereRef('actions.tenant', '=', 'actionArtifacts.tenant')
            .whereRef('actions.artifactKey', '=', 'actionArtifacts.key'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('actionVersions')
            .select('id')
            .whereRef('actionVersions.tenant', '=', 'actionArtifacts.tenant')
            .whereRef('actionVersions.artifactKey', '=', 'actionArtifacts.key'),
        ),
      ),
    )
    .execute()
  await dropUnusedPreparations(db, tenant)
}

/** One that was made just before its artifact is written may go with them: it is made anew at its first use. */
const dropUnusedPreparations = async (db: Connection, tenant: string): Promise<void> => {
  await db
    .deleteFrom('preparations')
    .where('tenant', '=', tenant)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('actionArtifacts')
            .select('key')
            .whereRef('actionArtifacts.tenant', '=', 'preparations.tenant')
            .whereRef('actionArtifacts.preparedAs', '=', 'preparations.artifact'),
        ),
      ),
    )
    .execute()
}
