/** `/organizations/{id}/members`, and the same seen from the user. Only members can reset on behalf of an organization. */
import { z } from 'zod'
import type { MembershipStore, OrganizationStore } from '../../../organizations/organization.ts'
import type { UserStore } from '../../../users/user-store.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { anyPaging, slicedList, slicedListOf, toSlice } from '../checkpoint.ts'
import { fieldsQuery, offsetListOf, offsetPage, offsetPaging, selectFields, toPage } from '../paging.ts'
import { member, toMemberAnswer } from '../users/to-member.ts'
import { unknownUser } from '../users/unknown-user.ts'
import { byUser } from '../users/user-schema.ts'
import { byOrganization, organization, toOrganizationAnswer, unknownOrganization } from './organization-schema.ts'

export type MemberDeps = {
  organizations: Pick<OrganizationStore, 'find'>
  memberships: MembershipStore
  users: Pick<UserStore, 'find' | 'findAll'>
}

const someMembers = z.strictObject({ members: z.array(z.string().min(1)).min(1).max(100).describe('Ids of users') })

const listRoute = (app: Api, { organizations, memberships, users }: MemberDeps) => {
  const config = { scopes: ['read:organization_members'] }
  const schema = {
    summary: 'The members of an organization',
    params: byOrganization,
    querystring: z.strictObject({ ...anyPaging, ...fieldsQuery }),
    response: { 200: slicedListOf('members', member.partial()) },
  }
  app.get('/organizations/:id/members', { config, schema }, async ({ tenant, params, query }) => {
    if (!(await organizations.find(tenant.name, params.id))) throw unknownOrganization()
    const sliced = await memberships.membersOf(tenant.name, params.id, toSlice(query))
    const members = await users.findAll(tenant.name, sliced.items)
    const items = members.map((user) => selectFields(toMemberAnswer(user), query))
    return slicedList({ key: 'members', ...sliced, items }, query)
  })
}

const writeRoutes = (app: Api, { organizations, memberships }: MemberDeps) => {
  const schema = { params: byOrganization, body: someMembers, response: { 204: noBody } }

  const addSchema = { summary: 'Makes users members', ...schema }
  const addOptions = { config: { scopes: ['create:organization_members'] }, schema: addSchema }
  app.post('/organizations/:id/members', addOptions, async ({ tenant, params, body }, reply) => {
    const result = await memberships.add(tenant.name, params.id, body.members)
    if (result === 'unknown-organization') throw unknownOrganization()
    if (result === 'unknown-user') throw unknownUser()
    return reply.code(204).send()
  })

  const removeSchema = { summary: 'Ends memberships', ...schema }
  const removeOptions = { config: { scopes: ['delete:organization_members'] }, schema: removeSchema }
  app.delete('/organizations/:id/members', removeOptions, async ({ tenant, params, body }, reply) => {
    if (!(await organizations.find(tenant.name, params.id))) throw unknownOrganization()
    await memberships.remove(tenant.name, params.id, body.members)
    return reply.code(204).send()
  })
}

const ofUserRoute = (app: Api, { memberships, users }: MemberDeps) => {
  const config = { scopes: ['read:organizations'] }
  const schema = {
    summary: 'The organizations a user is a member of',
    params: byUser,
    querystring: z.strictObject(offsetPaging),
    response: { 200: offsetListOf('organizations', organization) },
  }
  app.get('/users/:id/organizations', { config, schema }, async ({ tenant, params, query }) => {
    if (!(await users.find(tenant.name, params.id))) throw unknownUser()
    const { items, total } = await memberships.organizationsOf(tenant.name, params.id, toPage(query))
    return offsetPage({ key: 'organizations', items: items.map(toOrganizationAnswer), total }, query)
  })
}

export const memberRoutes = (deps: MemberDeps) => async (app: Api) => {
  listRoute(app, deps)
  writeRoutes(app, deps)
  ofUserRoute(app, deps)
}
