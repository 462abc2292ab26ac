/** `/roles/{id}/users`: the same assignments, seen from the role. */
import { z } from 'zod'
import type { RoleAssignmentStore, RoleStore } from '../../../roles/role.ts'
import type { UserStore } from '../../../users/user-store.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { anyPaging, slicedList, slicedListOf, toSlice } from '../checkpoint.ts'
import { member, toMemberAnswer } from '../users/to-member.ts'
import { assignRoles } from './assign-roles.ts'
import { byRole } from './roles.ts'
import { unknownRole } from './unknown-role.ts'

export type RoleUserDeps = {
  roles: Pick<RoleStore, 'find'>
  roleAssignments: RoleAssignmentStore
  users: Pick<UserStore, 'findAll'>
}

const someUsers = z.strictObject({ users: z.array(z.string().min(1)).min(1).max(1_000).describe('Ids of users') })

export const roleUserRoutes =
  ({ roles, roleAssignments, users }: RoleUserDeps) =>
  async (app: Api) => {
    const listSchema = {
      summary: 'The users who have a role',
      params: byRole,
      querystring: z.strictObject(anyPaging),
      response: { 200: slicedListOf('users', member) },
    }
    const listOptions = { config: { scopes: ['read:role_members', 'read:users'] }, schema: listSchema }
    app.get('/roles/:id/users', listOptions, async ({ tenant, params, query }) => {
      if (!(await roles.find(tenant.name, params.id))) throw unknownRole()
      const sliced = await roleAssignments.usersWith(tenant.name, params.id, toSlice(query))
      const items = (await users.findAll(tenant.name, sliced.items)).map(toMemberAnswer)
      return slicedList({ key: 'users', ...sliced, items }, query)
    })

    const config = { scopes: ['create:role_members'] }
    const schema = {
      summary: 'Gives a role to users',
      params: byRole,
      body: someUsers,
      response: { 200: z.object({}) },
    }
    app.post('/roles/:id/users', { config, schema }, async ({ tenant, params, body }) => {
      await assignRoles(roleAssignments, tenant, { users: body.users, roles: [params.id] })
      return {}
    })
  }
