import type { Artifact } from '@interlock/runtime'
import type { ActionVersionStore, Deployment } from '../../actions/action-store.ts'
import type { SealedSecret } from '../../actions/secret.ts'
import { dropUnusedArtifacts } from './action-artifacts.ts'
import { type Connection, toVersion } from './action-rows.ts'
import type { ActionVersionRow } from './action-schema.ts'
import type { Database } from './database.ts'
import { countRows } from './slice.ts'

const findRow = (db: Connection, tenant: string, { actionId, id }: { actionId: string; id: string }) =>
  db
    .selectFrom('actionVersions')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('actionId', '=', actionId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The live version is always the newest, and never goes. */
const prune = async (
  db: Connection,
  newest: Pick<ActionVersionRow, 'tenant' | 'actionId' | 'number'>,
  { keep, inUse }: Pick<Deployment, 'keep' | 'inUse'>,
) => {
  const old = await db
    .selectFrom('actionVersions')
    .select('id')
    .where('tenant', '=', newest.tenant)
    .where('actionId', '=', newest.actionId)
    .where('number', '<=', newest.number - keep)
    .execute()
  const unused = old.map(({ id }) => id).filter((id) => !inUse.has(id))
  if (unused.length > 0) {
    await db.deleteFrom('actionVersions').where('tenant', '=', newest.tenant).where('id', 'in', unused).execute()
  }
  await dropUnusedArtifacts(db, newest.tenant)
}

/** The action's next number, taken together with making the version live. */
const goLive = (db: Connection, tenant: string, { actionId, versionId, now }: Deployment & { actionId: string }) =>
  db
    .updateTable('actions')
    .set(({ eb }) => ({ lastNumber: eb('lastNumber', '+', 1), deployedVersionId: versionId, updatedAt: now }))
    .where('tenant', '=', tenant)
    .where('id', '=', actionId)

const addVersion = async (db: Connection, row: ActionVersionRow, deployment: Deployment) => {
  await db.insertInto('actionVersions').values(row).execute()
  await prune(db, row, deployment)
  return toVersion(row)
}

const deployDraft =
  (db: Database): ActionVersionStore['deployDraft'] =>
  (tenant, actionId, deployment) =>
    db.transaction().execute(async (transaction) => {
      const action = await goLive(transaction, tenant, { ...deployment, actionId })
        .set({ allChangesDeployed: 1 })
        .where('status', '=', 'built')
        .returningAll()
        .executeTakeFirst()
      if (!action) return (await exists(transaction, tenant, actionId)) ? 'not-built' : 'unknown'
      const { code, runtime, secrets, dependencies, packages, warnings, artifactKey, builtAt, lastNumber } = action
      if (artifactKey === null || builtAt === null) throw new Error('A built draft has no artifact.')
      const { versionId, now } = deployment
      const content = { code, runtime, secrets, dependencies, packages, warnings, artifactKey, builtAt }
      return addVersion(
        transaction,
        { ...content, tenant, actionId, id: versionId, number: lastNumber, createdAt: now },
        deployment,
      )
    })

const exists = async (db: Connection, tenant: string, actionId: string): Promise<boolean> =>
  (await db
    .selectFrom('actions')
    .select('id')
    .where('tenant', '=', tenant)
    .where('id', '=', actionId)
    .executeTakeFirst()) !== undefined

const deployCopy =
  (db: Database): ActionVersionStore['deployCopy'] =>
  (tenant, actionId, { of, draft, ...deployment }) =>
    db.transaction().execute(async (transaction) => {
      const original = await findRow(transaction, tenant, { actionId, id: of })
      if (!original) return undefined
      const { code, runtime, secrets, dependencies, packages, warnings, artifactKey, builtAt } = original
      const content = { code, runtime, secrets, dependencies, packages, warnings, artifactKey, builtAt }
      const { lastNumber } = await goLive(transaction, tenant, { ...deployment, actionId })
        .set(({ eb }) =>
          draft === 'stays'
            ? { allChangesDeployed: 0 }
            : { ...content, allChangesDeployed: 1, status: 'built', errors: '[]', revision: eb('revision', '+', 1) },
        )
        .returning('lastNumber')
        .executeTakeFirstOrThrow()
      const { versionId, now } = deployment
      return addVersion(
        transaction,
        { ...content, tenant, actionId, id: versionId, number: lastNumber, createdAt: now },
        deployment,
      )
    })

export const createSqlActionVersionStore = (db: Database): ActionVersionStore => ({
  deployDraft: deployDraft(db),
  deployCopy: deployCopy(db),

  async find(tenant, actionId, id) {
    const row = await findRow(db, tenant, { actionId, id })
    return row && toVersion(row)
  },

  async list(tenant, actionId, { offset, limit }) {
    const query = db.selectFrom('actionVersions').where('tenant', '=', tenant).where('actionId', '=', actionId)
    const total = await countRows(query)
    const rows = await query.selectAll().orderBy('number', 'desc').limit(limit).offset(offset).execute()
    return { items: rows.map(toVersion), total }
  },

  async loadRunnable(tenant, versionIds) {
    if (versionIds.length === 0) return []
    const rows = await db
      .selectFrom('actionVersions')
      .innerJoin('actionArtifacts', (join) =>
        join
          .onRef('actionArtifacts.tenant', '=', 'actionVersions.tenant')
          .onRef('actionArtifacts.key', '=', 'actionVersions.artifactKey'),
      )
      .select(['actionVersions.id as versionId', 'actionVersions.actionId', 'actionVersions.secrets', 'artifact'])
      .where('actionVersions.tenant', '=', tenant)
      .where('actionVersions.id', 'in', versionIds)
      .execute()
    return rows.map(({ artifact, secrets, ...row }) => ({
      ...row,
      artifact: JSON.parse(artifact) as Artifact,
      secrets: JSON.parse(secrets) as SealedSecret[],
    }))
  },
})
