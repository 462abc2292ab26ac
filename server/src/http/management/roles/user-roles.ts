/** `/users/{id}/roles`: what `event.authorization.roles` holds for this user. */
import { z } from 'zod'
import type { RoleAssignmentStore } from '../../../roles/role.ts'
import type { UserStore } from '../../../users/user-store.ts'
import { requireScope } from '../../plugins/management-auth.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { offsetListOf, offsetPage, offsetPaging, toPage } from '../paging.ts'
import { unknownUser } from '../users/unknown-user.ts'
import { byUser } from '../users/user-schema.ts'
import { assignRoles } from './assign-roles.ts'
import { role } from './roles.ts'

export type UserRoleDeps = { roleAssignments: RoleAssignmentStore; users: Pick<UserStore, 'find'> }

const someRoles = z.strictObject({ roles: z.array(z.string().min(1)).min(1).max(1_000).describe('Ids of roles') })

export const userRoleRoutes =
  ({ roleAssignments, users }: UserRoleDeps) =>
  async (app: Api) => {
    const listSchema = {
      summary: 'The roles a user has',
      description: 'Needs read:roles as well.',
      params: byUser,
      querystring: z.strictObject(offsetPaging),
      response: { 200: offsetListOf('roles', role) },
    }
    const listOptions = { config: { scopes: ['read:users'] }, schema: listSchema }
    app.get('/users/:id/roles', listOptions, async ({ tenant, grant, params, query }) => {
      requireScope(grant, ['read:roles'])
      if (!(await users.find(tenant.name, params.id))) throw unknownUser()
      const listed = await roleAssignments.rolesOf(tenant.name, params.id, toPage(query))
      return offsetPage({ key: 'roles', ...listed }, query)
    })

    const config = { scopes: ['update:users'] }
    const schema = { params: byUser, body: someRoles, response: { 204: noBody } }
    const assignSchema = { summary: 'Gives roles to a user', ...schema }
    app.post('/users/:id/roles', { config, schema: assignSchema }, async ({ tenant, params, body }, reply) => {
      await assignRoles(roleAssignments, tenant, { users: [params.id], roles: body.roles })
      return reply.code(204).send()
    })

    const unassignSchema = { summary: 'Takes roles from a user', ...schema }
    app.delete('/users/:id/roles', { config, schema: unassignSchema }, async ({ tenant, params, body }, reply) => {
      if (!(await users.find(tenant.name, params.id))) throw unknownUser()
      await roleAssignments.unassign(tenant.name, params.id, body.roles)
      return reply.code(204).send()
    })
  }
