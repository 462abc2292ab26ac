/** Rows to records, in one place. */

import type { Dependency } from '@interlock/runtime'
import type { Kysely } from 'kysely'
import type { Action, ActionVersion, BuildStatus } from '../../actions/action.ts'
import type { SealedSecret } from '../../actions/secret.ts'
import type { ActionRow, ActionVersionRow } from './action-schema.ts'
import type { Schema } from './schema.ts'

/** A database or a transaction in it. */
export type Connection = Kysely<Schema>

type ContentRow = Pick<ActionRow, 'code' | 'runtime' | 'secrets' | 'dependencies' | 'packages' | 'warnings'>

const toContent = (row: ContentRow) => ({
  code: row.code,
  runtime: row.runtime,
  secrets: JSON.parse(row.secrets) as SealedSecret[],
  dependencies: JSON.parse(row.dependencies) as Dependency[],
  packages: JSON.parse(row.packages) as Action['draft']['packages'],
  warnings: JSON.parse(row.warnings) as Action['draft']['warnings'],
})

export const toVersion = (row: ActionVersionRow): ActionVersion => ({
  ...toContent(row),
  id: row.id,
  actionId: row.actionId,
  number: row.number,
  builtAt: row.builtAt,
  createdAt: row.createdAt,
})

const toAction = (row: ActionRow, deployed: ActionVersion | undefined): Action => ({
  id: row.id,
  name: row.name,
  trigger: row.trigger,
  draft: {
    ...toContent(row),
    revision: row.revision,
    status: row.status as BuildStatus,
    errors: JSON.parse(row.errors) as Action['draft']['errors'],
    ...(row.builtAt !== null && { builtAt: row.builtAt }),
  },
  ...(deployed && { deployed }),
  allChangesDeployed: row.allChangesDeployed === 1,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

/** The actions of the rows, each with its live version. */
export const toActions = async (db: Connection, tenant: string, rows: readonly ActionRow[]): Promise<Action[]> => {
  const ids = rows.flatMap(({ deployedVersionId }) => deployedVersionId ?? [])
  const versions =
    ids.length === 0
      ? []
      : await db.selectFrom('actionVersions').selectAll().where('tenant', '=', tenant).where('id', 'in', ids).execute()
  const byId = new Map(versions.map((row) => [row.id, toVersion(row)]))
  return rows.map((row) => toAction(row, byId.get(row.deployedVersionId ?? '')))
}
