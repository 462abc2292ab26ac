import type { MembershipStore } from '../../organizations/organization.ts'
import { countKnown } from './count-known.ts'
import type { Database } from './database.ts'
import { toOrganization } from './organization-store.ts'
import { countRows, cut, toSliced } from './slice.ts'
import { takePositions } from './take-positions.ts'

const add =
  (db: Database): MembershipStore['add'] =>
  (tenant, organizationId, members) =>
    db.transaction().execute(async (transaction) => {
      const users = [...new Set(members)]
      if ((await countKnown(transaction, tenant, { table: 'organizations', ids: [organizationId] })) === 0) {
        return 'unknown-organization'
      }
      if ((await countKnown(transaction, tenant, { table: 'users', ids: users })) < users.length) return 'unknown-user'
      const first = await takePositions(transaction, tenant, { list: 'organizationMembers', count: users.length })
      const rows = users.map((userId, index) => ({ tenant, organizationId, userId, position: first + index }))
      await transaction
        .insertInto('organizationMembers')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return 'added'
    })

export const createSqlMembershipStore = (db: Database): MembershipStore => {
  const memberships = (tenant: string) =>
    db.selectFrom('organizationMembers').where('organizationMembers.tenant', '=', tenant)

  return {
    add: add(db),

    async remove(tenant, organizationId, users) {
      await db
        .deleteFrom('organizationMembers')
        .where('tenant', '=', tenant)
        .where('organizationId', '=', organizationId)
        .where('userId', 'in', users)
        .execute()
    },

    async isMember(tenant, organizationId, userId) {
      const membership = memberships(tenant).where('organizationId', '=', organizationId).where('userId', '=', userId)
      return (await membership.select('userId').executeTakeFirst()) !== undefined
    },

    async membersOf(tenant, organizationId, slice) {
      const members = memberships(tenant).where('organizationId', '=', organizationId)
      const total = await countRows(members)
      const rows = await cut(members.select(['userId', 'position']), slice).execute()
      return toSliced(rows, { limit: slice.limit, total, toItem: ({ userId }) => userId })
    },

    async organizationsOf(tenant, userId, { offset, limit }) {
      const own = memberships(tenant).where('userId', '=', userId)
      const total = await countRows(own)
      const page = own.select(['organizationId', 'position']).orderBy('position').limit(limit).offset(offset)
      const rows = await db
        .selectFrom(page.as('page'))
        .innerJoin('organizations', 'organizations.id', 'page.organizationId')
        .where('organizations.tenant', '=', tenant)
        .selectAll('organizations')
        .orderBy('page.position')
        .execute()
      return { items: rows.map(toOrganization), total }
    },
  }
}
