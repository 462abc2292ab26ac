/** `/roles`: names that actions read in `event.authorization.roles`. Create and delete answer 200, as the vendor's do. */
import { z } from 'zod'
import type { Random } from '../../../ports.ts'
import type { Role, RoleStore } from '../../../roles/role.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { conflict } from '../../wire-problem.ts'
import { overLimit } from '../over-limit.ts'
import { offsetListOf, offsetPage, offsetPaging, toPage } from '../paging.ts'
import { unknownRole } from './unknown-role.ts'

export type RoleDeps = { roles: RoleStore; random: Pick<Random, 'base62'> }

const name = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[^<>\p{Cc}]*$/u)
  .describe('Name of the role')
const description = z.string().max(255).describe('Description of the role')
/** Roles of a single organization do not exist here. */
const type = z.literal('tenant').optional()

const createRole = z.strictObject({ name, description: description.optional(), type })
const editRole = z.strictObject({ name: name.optional(), description: description.nullish() })
export const byRole = z.object({ id: z.string() })
const listRoles = z.strictObject({ ...offsetPaging, name_filter: z.string().min(1).max(255).optional(), type })

export const role = z
  .object({ id: z.string(), name: z.string(), description: z.string().optional() })
  .meta({ id: 'Role' })
const permission = z.object({ permission_name: z.string(), resource_server_identifier: z.string() })
const nothing = z.object({})

const nameTaken = () => conflict('A role with the same name already exists.')

const writeRoutes = (app: Api, { roles, random }: RoleDeps) => {
  const createSchema = { summary: 'A new role', body: createRole, response: { 200: role }, refuses: [409] }
  const createOptions = { config: { scopes: ['create:roles'] }, schema: createSchema }
  app.post('/roles', createOptions, async ({ tenant, body }) => {
    const created: Role = {
      id: `rol_${random.base62(16)}`,
      name: body.name,
      ...(body.description && { description: body.description }),
    }
    const result = await roles.create(tenant.name, created, effectiveLimits(tenant).roles)
    if (result === 'name-taken') throw nameTaken()
    if (result === 'too-many') throw overLimit(tenant, 'roles')
    return created
  })

  const editSchema = {
    summary: 'Changes one role',
    params: byRole,
    body: editRole,
    response: { 200: role },
    refuses: [409],
  }
  const editOptions = { config: { scopes: ['update:roles'] }, schema: editSchema }
  app.patch('/roles/:id', editOptions, async ({ tenant, params, body }) => {
    const edited = await roles.update(tenant.name, params.id, {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.description !== undefined && { description: body.description || undefined }),
    })
    if (edited === 'name-taken') throw nameTaken()
    if (!edited) throw unknownRole()
    return edited
  })

  const removeSchema = { summary: 'Takes one role away', params: byRole, response: { 200: nothing } }
  const removeOptions = { config: { scopes: ['delete:roles'] }, schema: removeSchema }
  app.delete('/roles/:id', removeOptions, async ({ tenant, params }) => {
    if ((await roles.remove(tenant.name, params.id)) === 'unknown') throw unknownRole()
    return {}
  })
}

const readRoutes = (app: Api, { roles }: RoleDeps) => {
  const config = { scopes: ['read:roles'] }

  const listSchema = {
    summary: 'Roles, whose names actions read',
    querystring: listRoles,
    response: { 200: offsetListOf('roles', role) },
  }
  app.get('/roles', { config, schema: listSchema }, async ({ tenant, query }) => {
    const { name_filter: named } = query
    const listed = await roles.list(tenant.name, { ...(named !== undefined && { name: named }) }, toPage(query))
    return offsetPage({ key: 'roles', ...listed }, query)
  })

  const oneSchema = { summary: 'One role', params: byRole, response: { 200: role } }
  app.get('/roles/:id', { config, schema: oneSchema }, async ({ tenant, params }) => {
    const found = await roles.find(tenant.name, params.id)
    if (!found) throw unknownRole()
    return found
  })

  const schema = {
    summary: 'Always empty',
    params: byRole,
    querystring: z.strictObject(offsetPaging),
    response: { 200: offsetListOf('permissions', permission) },
  }
  // Permissions are those of APIs that a tenant registers, and there are none of these here.
  app.get('/roles/:id/permissions', { config, schema }, async ({ tenant, params, query }) => {
    if (!(await roles.find(tenant.name, params.id))) throw unknownRole()
    return offsetPage({ key: 'permissions', items: [], total: 0 }, query)
  })
}

export const roleRoutes = (deps: RoleDeps) => async (app: Api) => {
  readRoutes(app, deps)
  writeRoutes(app, deps)
}
