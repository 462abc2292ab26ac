/**
 * `/client-grants`: the scopes of the tokens a client gets at `/oauth/token`.
 *
 * - the one API here is the management API: any other audience is refused, as no token for it would mean anything
 * - a grant counts from the next token on; one that is out holds until it expires
 */
import { z } from 'zod'
import { audienceOf, isAudienceOf } from '../../../access/access-token.ts'
import type { ClientGrant, ClientGrantStore } from '../../../client-grants/client-grant.ts'
import type { EditClientGrant } from '../../../client-grants/edit-client-grant.ts'
import type { Random } from '../../../ports.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { conflict, notFound } from '../../wire-problem.ts'
import { anyPaging, slicedList, slicedListOf, toSlice } from '../checkpoint.ts'
import { keepSent } from '../keep-sent.ts'
import { unknownClient } from './client-schema.ts'

export type ClientGrantDeps = {
  clientGrants: ClientGrantStore
  editClientGrant: EditClientGrant
  random: Pick<Random, 'base62'>
}

/** Of all names together. A list of clients reads every grant. */
const longestScope = 32_768

const scope = z
  .array(
    z
      .string()
      .min(1)
      .max(280)
      .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/),
  )
  .max(1_000)
  .refine((names) => names.join(' ').length <= longestScope, `It may take ${longestScope} characters in all`)
  .describe('Those that this server does not know open nothing')
const organizationUsage = z.enum(['deny', 'allow', 'require'])

const writable = {
  scope: scope.optional(),
  allow_all_scopes: z.boolean().optional(),
  organization_usage: organizationUsage.nullish(),
  allow_any_organization: z.boolean().nullish(),
}
const createGrant = z.strictObject({
  ...writable,
  client_id: z.string().min(1).max(64),
  audience: z.string().min(1).max(600),
  subject_type: z.literal('client').optional().describe('Tokens of users are not made here'),
})
const editGrant = z.strictObject(writable)

const clientGrant = z
  .object({
    id: z.string(),
    client_id: z.string(),
    audience: z.string(),
    scope: scope.optional(),
    subject_type: z.literal('client'),
    allow_all_scopes: z.boolean().optional(),
    organization_usage: organizationUsage.optional(),
    allow_any_organization: z.boolean().optional(),
  })
  .meta({ id: 'ClientGrant' })

const listGrants = z.strictObject({
  ...anyPaging,
  audience: z.string().max(600).optional(),
  client_id: z.string().max(64).optional(),
  subject_type: z.enum(['client', 'user']).optional(),
})

const byId = z.object({ id: z.string() })
const unknownGrant = () => notFound('The client grant does not exist.', 'inexistent_client_grant')
const unknownAudience = () => notFound('The resource server does not exist.', 'inexistent_resource_server')
const exists = () => conflict('A grant of this client for this audience already exists.')

const keptNames = ['organization_usage', 'allow_any_organization'] as const
const shownKept = clientGrant.pick({ organization_usage: true, allow_any_organization: true })

const toAnswer = (tenant: Tenant, { id, clientId, scopes, allowsAllScopes, kept }: ClientGrant) => ({
  id,
  client_id: clientId,
  audience: audienceOf(tenant),
  ...(allowsAllScopes ? { allow_all_scopes: true } : { scope: [...scopes] }),
  subject_type: 'client' as const,
  ...shownKept.parse(kept),
})

const createRoute = (app: Api, { clientGrants, random }: ClientGrantDeps) => {
  const config = { scopes: ['create:client_grants'] }
  const schema = { summary: 'A new grant', body: createGrant, response: { 201: clientGrant }, refuses: [404, 409] }
  app.post('/client-grants', { config, schema }, async ({ tenant, body }, reply) => {
    if (!isAudienceOf(tenant, body.audience)) throw unknownAudience()
    const grant: ClientGrant = {
      id: `cgr_${random.base62(16)}`,
      clientId: body.client_id,
      scopes: body.scope ?? [],
      allowsAllScopes: body.allow_all_scopes ?? false,
      kept: keepSent({}, body, keptNames),
    }
    const created = await clientGrants.create(tenant.name, grant)
    if (created === 'unknown-client') throw unknownClient()
    if (created === 'exists') throw exists()
    reply.code(201)
    return toAnswer(tenant, grant)
  })
}

const editRoutes = (app: Api, { clientGrants, editClientGrant }: ClientGrantDeps) => {
  const editSchema = { summary: 'Changes one grant', params: byId, body: editGrant, response: { 200: clientGrant } }
  const editOptions = { config: { scopes: ['update:client_grants'] }, schema: editSchema }
  app.patch('/client-grants/:id', editOptions, async ({ tenant, params, body }) => {
    const edited = await editClientGrant(tenant.name, params.id, (stored) => ({
      ...(body.scope !== undefined && { scopes: body.scope }),
      ...(body.allow_all_scopes !== undefined && { allowsAllScopes: body.allow_all_scopes }),
      kept: keepSent(stored.kept, body, keptNames),
    }))
    if (!edited) throw unknownGrant()
    return toAnswer(tenant, edited)
  })

  const removeSchema = { summary: 'Takes one grant away', params: byId, response: { 204: noBody } }
  const removeOptions = { config: { scopes: ['delete:client_grants'] }, schema: removeSchema }
  app.delete('/client-grants/:id', removeOptions, async ({ tenant, params }, reply) => {
    if ((await clientGrants.remove(tenant.name, params.id)) === 'unknown') throw unknownGrant()
    return reply.code(204).send()
  })
}

const readRoutes = (app: Api, { clientGrants }: ClientGrantDeps) => {
  const config = { scopes: ['read:client_grants'] }
  const listSchema = {
    summary: 'What clients may do with this API',
    querystring: listGrants,
    response: { 200: slicedListOf('client_grants', clientGrant) },
  }
  app.get('/client-grants', { config, schema: listSchema }, async ({ tenant, query }) => {
    const { audience, client_id: clientId, subject_type: subject } = query
    const isOther = subject === 'user' || (audience !== undefined && !isAudienceOf(tenant, audience))
    const filter = clientId === undefined ? {} : { clientId }
    const sliced = isOther ? { items: [], total: 0 } : await clientGrants.list(tenant.name, filter, toSlice(query))
    const items = sliced.items.map((grant) => toAnswer(tenant, grant))
    return slicedList({ key: 'client_grants', ...sliced, items }, query)
  })

  const oneSchema = { summary: 'One grant', params: byId, response: { 200: clientGrant } }
  app.get('/client-grants/:id', { config, schema: oneSchema }, async ({ tenant, params }) => {
    const grant = await clientGrants.find(tenant.name, params.id)
    if (!grant) throw unknownGrant()
    return toAnswer(tenant, grant)
  })
}

export const clientGrantRoutes = (deps: ClientGrantDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoutes(app, deps)
}
