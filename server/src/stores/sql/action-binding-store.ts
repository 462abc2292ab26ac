import type { Action } from '../../actions/action.ts'
import type { ActionRef, Binding, BindingRefusal, BindingStore, WantedBinding } from '../../actions/binding-store.ts'
import type { Page } from '../../page.ts'
import { type Connection, toActions } from './action-rows.ts'
import type { ActionRow, BindingRow } from './action-schema.ts'
import type { Database } from './database.ts'
import { countRows } from './slice.ts'

const bindingsOf = (db: Connection, tenant: string, trigger: string) =>
  db.selectFrom('bindings').where('tenant', '=', tenant).where('trigger', '=', trigger)

const toBinding = ({ id, trigger, displayName, createdAt }: BindingRow, action: Action): Binding => ({
  id,
  trigger,
  displayName,
  action,
  createdAt,
  updatedAt: createdAt,
})

const listBindings = async (db: Connection, tenant: string, { trigger, offset, limit }: Page & { trigger: string }) => {
  const rows = await bindingsOf(db, tenant, trigger)
    .selectAll()
    .orderBy('position')
    .limit(limit)
    .offset(offset)
    .execute()
  const ids = rows.map(({ actionId }) => actionId)
  const bound =
    ids.length === 0
      ? []
      : await db.selectFrom('actions').selectAll().where('tenant', '=', tenant).where('id', 'in', ids).execute()
  const actions = new Map((await toActions(db, tenant, bound)).map((action) => [action.id, action]))
  return rows.flatMap((row) => {
    const action = actions.get(row.actionId)
    return action ? [toBinding(row, action)] : []
  })
}

const findReferred = async (db: Connection, tenant: string, { trigger, ref }: { trigger: string; ref: ActionRef }) => {
  const actions = db.selectFrom('actions').selectAll().where('tenant', '=', tenant).where('trigger', '=', trigger)
  const found = {
    action_id: actions.where('id', '=', ref.value),
    action_name: actions.where('name', '=', ref.value),
    binding_id: actions.where(
      'id',
      'in',
      bindingsOf(db, tenant, trigger).select('actionId').where('id', '=', ref.value),
    ),
  }
  return found[ref.type].executeTakeFirst()
}

/** In the order wanted; the first ref that cannot be bound refuses the whole list. */
const findAllReferred = async (
  db: Connection,
  tenant: string,
  { trigger, wanted }: { trigger: string; wanted: readonly WantedBinding[] },
): Promise<ActionRow[] | BindingRefusal> => {
  const actions: ActionRow[] = []
  for (const { ref } of wanted) {
    const action = await findReferred(db, tenant, { trigger, ref })
    if (!action) return { refused: 'unknown-action', ref }
    if (action.deployedVersionId === null) return { refused: 'not-deployed', ref }
    actions.push(action)
  }
  return actions
}

/** Whoever writes this row second waits until the first has committed. */
const lockList = (db: Connection, list: { tenant: string; trigger: string; updatedAt: number }) =>
  db
    .insertInto('bindingLists')
    .values(list)
    .onConflict((conflict) => conflict.columns(['tenant', 'trigger']).doUpdateSet({ updatedAt: list.updatedAt }))
    .execute()

export const createSqlBindingStore = (db: Database): BindingStore => ({
  async list(tenant, trigger, page) {
    const total = await countRows(bindingsOf(db, tenant, trigger))
    return { items: await listBindings(db, tenant, { ...page, trigger }), total }
  },

  replace: (tenant, trigger, { wanted, now }) =>
    db.transaction().execute(async (transaction) => {
      await lockList(transaction, { tenant, trigger, updatedAt: now })
      const actions = await findAllReferred(transaction, tenant, { trigger, wanted })
      if ('refused' in actions) return actions
      await transaction.deleteFrom('bindings').where('tenant', '=', tenant).where('trigger', '=', trigger).execute()
      const rows = actions.map((action, position) => {
        const { id = '', displayName = action.name } = wanted[position] ?? {}
        return { tenant, trigger, position, id, actionId: action.id, displayName, createdAt: now }
      })
      if (rows.length > 0) await transaction.insertInto('bindings').values(rows).execute()
      return listBindings(transaction, tenant, { trigger, offset: 0, limit: rows.length })
    }),

  async pin(tenant, trigger) {
    const rows = await db
      .selectFrom('bindings')
      .innerJoin('actions', (join) =>
        join.onRef('actions.tenant', '=', 'bindings.tenant').onRef('actions.id', '=', 'bindings.actionId'),
      )
      .select(['bindings.id as bindingId', 'actions.id as actionId', 'deployedVersionId as versionId', 'name'])
      .where('bindings.tenant', '=', tenant)
      .where('bindings.trigger', '=', trigger)
      .orderBy('position')
      .execute()
    // A bound action always has a live version. Were one without, it must not be left out: an empty id fails to load.
    return rows.map(({ versionId, ...row }) => ({ ...row, versionId: versionId ?? '' }))
  },
})
