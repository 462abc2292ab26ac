/** `/organizations`: what actions read in `event.organization` of a reset that was asked for on behalf of one. */
import { z } from 'zod'
import type { Organization, OrganizationStore } from '../../../organizations/organization.ts'
import type { Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { conflict } from '../../wire-problem.ts'
import { anyPaging, slicedList, slicedListOf, toSlice } from '../checkpoint.ts'
import { overLimit } from '../over-limit.ts'
import {
  byOrganization,
  createOrganization,
  editOrganization,
  organization,
  toOrganizationAnswer,
  unknownOrganization,
} from './organization-schema.ts'

export type OrganizationDeps = { organizations: OrganizationStore; random: Pick<Random, 'base62'> }

const nameTaken = () => conflict('An organization with this name already exists.')

const createRoute = (app: Api, { organizations, random }: OrganizationDeps) => {
  const config = { scopes: ['create:organizations'] }
  const schema = {
    summary: 'A new organization',
    body: createOrganization,
    response: { 201: organization },
    refuses: [409],
  }
  app.post('/organizations', { config, schema }, async ({ tenant, body }, reply) => {
    const created: Organization = {
      id: `org_${random.base62(16)}`,
      name: body.name,
      displayName: body.display_name ?? body.name,
      metadata: body.metadata ?? {},
      ...(body.branding && { branding: body.branding }),
    }
    const result = await organizations.create(tenant.name, created, effectiveLimits(tenant).organizations)
    if (result === 'name-taken') throw nameTaken()
    if (result === 'too-many') throw overLimit(tenant, 'organizations')
    reply.code(201)
    return toOrganizationAnswer(created)
  })
}

const editRoutes = (app: Api, { organizations }: OrganizationDeps) => {
  const editSchema = {
    summary: 'Changes one organization',
    params: byOrganization,
    body: editOrganization,
    response: { 200: organization },
    refuses: [409],
  }
  const editOptions = { config: { scopes: ['update:organizations'] }, schema: editSchema }
  app.patch('/organizations/:id', editOptions, async ({ tenant, params, body }) => {
    const { name, display_name: displayName, metadata, branding } = body
    const edited = await organizations.update(tenant.name, params.id, {
      ...(name !== undefined && { name }),
      ...(displayName !== undefined && { displayName }),
      ...(metadata !== undefined && { metadata }),
      ...(branding !== undefined && { branding }),
    })
    if (edited === 'name-taken') throw nameTaken()
    if (!edited) throw unknownOrganization()
    return toOrganizationAnswer(edited)
  })

  const removeSchema = { summary: 'Takes one organization away', params: byOrganization, response: { 204: noBody } }
  const removeOptions = { config: { scopes: ['delete:organizations'] }, schema: removeSchema }
  app.delete('/organizations/:id', removeOptions, async ({ tenant, params }, reply) => {
    if ((await organizations.remove(tenant.name, params.id)) === 'unknown') throw unknownOrganization()
    return reply.code(204).send()
  })
}

const readRoutes = (app: Api, { organizations }: OrganizationDeps) => {
  const config = { scopes: ['read:organizations'] }

  const listSchema = {
    summary: 'Organizations',
    querystring: z.strictObject(anyPaging),
    response: { 200: slicedListOf('organizations', organization) },
  }
  app.get('/organizations', { config, schema: listSchema }, async ({ tenant, query }) => {
    const sliced = await organizations.list(tenant.name, toSlice(query))
    return slicedList({ key: 'organizations', ...sliced, items: sliced.items.map(toOrganizationAnswer) }, query)
  })

  const oneSchema = { summary: 'One organization', params: byOrganization, response: { 200: organization } }
  app.get('/organizations/:id', { config, schema: oneSchema }, async ({ tenant, params }) => {
    const found = await organizations.find(tenant.name, params.id)
    if (!found) throw unknownOrganization()
    return toOrganizationAnswer(found)
  })

  const byName = z.object({ name: z.string() })
  const namedSchema = { summary: 'The organization of this name', params: byName, response: { 200: organization } }
  app.get('/organizations/name/:name', { config, schema: namedSchema }, async ({ tenant, params }) => {
    const found = await organizations.findByName(tenant.name, params.name)
    if (!found) throw unknownOrganization()
    return toOrganizationAnswer(found)
  })
}

export const organizationRoutes = (deps: OrganizationDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoutes(app, deps)
}
