import type { Artifact, Dependency } from '@interlock/runtime'
import type { Action } from '../../actions/action.ts'
import type { ActionFilter, ActionStore, NewAction } from '../../actions/action-store.ts'
import type { SealedSecret } from '../../actions/secret.ts'
import { dropUnusedArtifacts, putArtifact } from './action-artifacts.ts'
import { type Connection, toActions } from './action-rows.ts'
import type { Database } from './database.ts'
import { countRows } from './slice.ts'

const toRow = (tenant: string, { secrets, dependencies, ...action }: NewAction) => ({
  ...action,
  tenant,
  secrets: JSON.stringify(secrets),
  dependencies: JSON.stringify(dependencies),
  packages: '[]',
  warnings: '[]',
  revision: 1,
  status: 'pending',
  errors: '[]',
  lastNumber: 0,
  allChangesDeployed: 0 as const,
  updatedAt: action.createdAt,
})

const findAction = async (db: Connection, tenant: string, id: string): Promise<Action | undefined> => {
  const rows = await db.selectFrom('actions').selectAll().where('tenant', '=', tenant).where('id', '=', id).execute()
  return (await toActions(db, tenant, rows))[0]
}

const isNameTaken = async (db: Connection, tenant: string, action: { id: string; name: string }): Promise<boolean> => {
  const other = await db
    .selectFrom('actions')
    .select('id')
    .where('tenant', '=', tenant)
    .where('name', '=', action.name)
    .where('id', '!=', action.id)
    .executeTakeFirst()
  return other !== undefined
}

const matching = (db: Connection, tenant: string, { trigger, name, deployed }: ActionFilter) => {
  let query = db.selectFrom('actions').where('tenant', '=', tenant)
  if (trigger !== undefined) query = query.where('trigger', '=', trigger)
  if (name !== undefined) query = query.where('name', '=', name)
  if (deployed !== undefined) query = query.where('deployedVersionId', deployed === 'yes' ? 'is not' : 'is', null)
  return query
}

const editAction = async (db: Connection, tenant: string, edited: { id: string; now: number; content: NewContent }) => {
  const { id, now, content } = edited
  const { secrets, dependencies, ...rest } = content
  await db
    .updateTable('actions')
    .set(({ eb }) => ({
      ...rest,
      ...(secrets && { secrets: JSON.stringify(secrets) }),
      ...(dependencies && { dependencies: JSON.stringify(dependencies) }),
      packages: '[]',
      warnings: '[]',
      revision: eb('revision', '+', 1),
      status: 'pending',
      errors: '[]',
      artifactKey: null,
      builtAt: null,
      allChangesDeployed: 0,
      updatedAt: now,
    }))
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
  await dropUnusedArtifacts(db, tenant)
}
type NewContent = ReturnType<Parameters<ActionStore['edit']>[2]['change']>

const noteBuild =
  (db: Database): ActionStore['noteBuild'] =>
  async (tenant, { actionId, revision }, { now, ...build }) => {
    await db.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('actions')
        .set({
          status: build.status,
          errors: JSON.stringify(build.status === 'failed' ? build.errors : []),
          builtAt: build.status === 'built' ? now : null,
          ...(build.status === 'built' && {
            artifactKey: await putArtifact(transaction, tenant, build.artifact),
            packages: JSON.stringify(build.packages),
            warnings: JSON.stringify(build.warnings),
          }),
        })
        .where('tenant', '=', tenant)
        .where('id', '=', actionId)
        .where('revision', '=', revision)
        // A second build of the same draft comes to the same end: it must not take a finished one back.
        .where('status', 'in', ['pending', 'building'])
        .executeTakeFirst()
      if (numUpdatedRows === 0n && build.status === 'built') await dropUnusedArtifacts(transaction, tenant)
    })
  }

const remove =
  (db: Database): ActionStore['remove'] =>
  (tenant, id, bindings) =>
    db.transaction().execute(async (transaction) => {
      const bound = transaction
        .selectFrom('bindings')
        .select('id')
        .where('tenant', '=', tenant)
        .where('actionId', '=', id)
      if (bindings === 'must-be-none' && (await bound.executeTakeFirst())) return 'bound'
      await transaction.deleteFrom('bindings').where('tenant', '=', tenant).where('actionId', '=', id).execute()
      const { numDeletedRows } = await transaction
        .deleteFrom('actions')
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 0n) return 'unknown'
      await dropUnusedArtifacts(transaction, tenant)
      return 'removed'
    })

export const createSqlActionStore = (db: Database): ActionStore => ({
  create: (tenant, action, most) =>
    db.transaction().execute(async (transaction) => {
      if (await isNameTaken(transaction, tenant, action)) return 'name-taken'
      if ((await countRows(transaction.selectFrom('actions').where('tenant', '=', tenant))) >= most) return 'too-many'
      await transaction.insertInto('actions').values(toRow(tenant, action)).execute()
      return 'created'
    }),

  find: (tenant, id) => findAction(db, tenant, id),

  async list(tenant, filter, { offset, limit }) {
    const query = matching(db, tenant, filter)
    const total = await countRows(query)
    const rows = await query.selectAll().orderBy('createdAt').orderBy('id').limit(limit).offset(offset).execute()
    return { items: await toActions(db, tenant, rows), total }
  },

  edit: (tenant, id, { now, change }) =>
    db.transaction().execute(async (transaction) => {
      const action = await findAction(transaction, tenant, id)
      if (!action) return undefined
      const content = change(action)
      if (content.name !== undefined && (await isNameTaken(transaction, tenant, { id, name: content.name }))) {
        return 'name-taken'
      }
      await editAction(transaction, tenant, { id, now, content })
      return findAction(transaction, tenant, id)
    }),

  remove: remove(db),
  noteBuild: noteBuild(db),

  async loadDraft(tenant, id) {
    const row = await db
      .selectFrom('actions')
      .innerJoin('actionArtifacts', (join) =>
        join
          .onRef('actionArtifacts.tenant', '=', 'actions.tenant')
          .onRef('actionArtifacts.key', '=', 'actions.artifactKey'),
      )
      .select(['name', 'artifact', 'secrets'])
      .where('actions.tenant', '=', tenant)
      .where('actions.id', '=', id)
      .where('status', '=', 'built')
      .executeTakeFirst()
    if (!row) return undefined
    const { name, artifact, secrets } = row
    return { name, artifact: JSON.parse(artifact) as Artifact, secrets: JSON.parse(secrets) as SealedSecret[] }
  },

  async listUnbuilt() {
    const rows = await db
      .selectFrom('actions')
      .select(['tenant', 'id as actionId', 'revision', 'code', 'dependencies'])
      .where('status', 'in', ['pending', 'building'])
      .execute()
    return rows.map((row) => ({ ...row, dependencies: JSON.parse(row.dependencies) as Dependency[] }))
  },
})
