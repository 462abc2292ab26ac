import type { RoleAssignmentStore } from '../../roles/role.ts'
import { countKnown } from './count-known.ts'
import type { Database } from './database.ts'
import { toRole } from './role-store.ts'
import { countRows, cut, toSliced } from './slice.ts'
import { takePositions } from './take-positions.ts'

const countRolesOf = (
  db: Database,
  tenant: string,
  { userId, besides }: { userId: string; besides: readonly string[] },
): Promise<number> =>
  countRows(
    db
      .selectFrom('userRoles')
      .where('tenant', '=', tenant)
      .where('userId', '=', userId)
      .where('roleId', 'not in', besides),
  )

type Assignment = Parameters<RoleAssignmentStore['assign']>[1]

const refusalOf = async (db: Database, tenant: string, { users, roles, most }: Assignment) => {
  if ((await countKnown(db, tenant, { table: 'users', ids: users })) < users.length) return 'unknown-user'
  if ((await countKnown(db, tenant, { table: 'roles', ids: roles })) < roles.length) return 'unknown-role'
  for (const userId of users) {
    const others = await countRolesOf(db, tenant, { userId, besides: roles })
    if (others + roles.length > most) return 'too-many'
  }
  return undefined
}

const assign =
  (db: Database): RoleAssignmentStore['assign'] =>
  (tenant, { most, ...assignment }) =>
    db.transaction().execute(async (transaction) => {
      const [users, roles] = [[...new Set(assignment.users)], [...new Set(assignment.roles)]]
      const refusal = await refusalOf(transaction, tenant, { users, roles, most })
      if (refusal) return refusal
      const pairs = users.flatMap((userId) => roles.map((roleId) => ({ tenant, userId, roleId })))
      const first = await takePositions(transaction, tenant, { list: 'userRoles', count: pairs.length })
      const rows = pairs.map((pair, index) => ({ ...pair, position: first + index }))
      await transaction
        .insertInto('userRoles')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return 'assigned'
    })

export const createSqlRoleAssignmentStore = (db: Database): RoleAssignmentStore => {
  const assigned = (tenant: string) => db.selectFrom('userRoles').where('userRoles.tenant', '=', tenant)
  const rolesOf = (tenant: string, userId: string) =>
    assigned(tenant)
      .where('userId', '=', userId)
      .innerJoin('roles', (join) =>
        join.onRef('roles.tenant', '=', 'userRoles.tenant').onRef('roles.id', '=', 'userRoles.roleId'),
      )
      .orderBy('userRoles.position')

  return {
    assign: assign(db),

    async unassign(tenant, userId, roles) {
      await db
        .deleteFrom('userRoles')
        .where('tenant', '=', tenant)
        .where('userId', '=', userId)
        .where('roleId', 'in', roles)
        .execute()
    },

    async rolesOf(tenant, userId, { offset, limit }) {
      const total = await countRolesOf(db, tenant, { userId, besides: [] })
      const rows = await rolesOf(tenant, userId).selectAll('roles').limit(limit).offset(offset).execute()
      return { items: rows.map(toRole), total }
    },

    async usersWith(tenant, roleId, slice) {
      const holders = assigned(tenant).where('roleId', '=', roleId)
      const total = await countRows(holders)
      const rows = await cut(holders.select(['userId', 'position']), slice).execute()
      return toSliced(rows, { limit: slice.limit, total, toItem: ({ userId }) => userId })
    },

    async namesOf(tenant, userId) {
      const rows = await rolesOf(tenant, userId).select('roles.name').execute()
      return rows.map(({ name }) => name)
    },
  }
}
