/**
 * `/tickets/password-change`: a reset link that the caller hands to the user.
 *
 * - the user is named by id, or by connection and address, never by both
 * - it lives for five days unless told otherwise, as with the vendor: the caller decides how it travels
 * - of an organization only a member can be given one
 * - it begins at no client that the user's connection is not enabled for, as a reset that the user asks for
 */
import { z } from 'zod'
import type { ClientStore } from '../../clients/client.ts'
import { type Connection, type ConnectionStore, isEnabledFor, keepsPasswords } from '../../connections/connection.ts'
import type { MembershipStore, OrganizationStore } from '../../organizations/organization.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import type { MintTicket } from '../../tickets/mint-ticket.ts'
import type { User } from '../../users/user.ts'
import type { UserStore } from '../../users/user-store.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { badRequest, invalidBody } from '../wire-problem.ts'
import { unknownClient } from './clients/client-schema.ts'
import { unknownConnection } from './connections/connection-schema.ts'
import { unknownOrganization } from './organizations/organization-schema.ts'
import { unknownUser } from './users/unknown-user.ts'

export type TicketDeps = {
  users: Pick<UserStore, 'find' | 'findByEmail'>
  connections: Pick<ConnectionStore, 'find' | 'findByName'>
  clients: Pick<ClientStore, 'find'>
  organizations: Pick<OrganizationStore, 'find'>
  memberships: Pick<MembershipStore, 'isMember'>
  mintTicket: MintTicket
}

const defaultTtlSeconds = 432_000
const longestTtlSeconds = 30 * 86_400

const passwordTicket = z.strictObject({
  user_id: z
    .string()
    .min(1)
    .optional()
    .describe('Not together with connection_id or email')
    .meta({ examples: ['auth0|507f1f77bcf86cd799439011'] }),
  connection_id: z.string().min(1).optional().describe('Requires email'),
  email: z.email().max(254).optional().describe('Requires connection_id'),
  identity: z
    .strictObject({ user_id: z.string().min(1), provider: z.literal('auth0'), connection_id: z.string().optional() })
    .optional()
    .describe('The identity whose password it is: the only one that the user has here'),
  client_id: z.string().min(1).optional(),
  organization_id: z.string().min(1).optional(),
  result_url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  ttl_sec: z.int().min(0).max(longestTtlSeconds).default(0).describe('0 means five days'),
  mark_email_as_verified: z.boolean().default(false),
  includeEmailInRedirect: z.boolean().default(false),
})
type PasswordTicket = z.infer<typeof passwordTicket>

/** Rules about fields together, in the order in which they are told. */
const checkCombination = (body: PasswordTicket): void => {
  const { user_id, connection_id, email, organization_id, result_url } = body
  if (user_id !== undefined && (connection_id !== undefined || email !== undefined)) {
    throw invalidBody('user_id cannot be given together with connection_id or email', 'user_id')
  }
  if (user_id === undefined && (connection_id === undefined || email === undefined)) {
    throw invalidBody('Either user_id, or connection_id and email, must be given')
  }
  if (organization_id !== undefined && result_url !== undefined) {
    throw invalidBody('result_url cannot be given together with organization_id', 'result_url')
  }
}

const findByEmail = async (
  { connections, users }: TicketDeps,
  tenant: Tenant,
  { connection_id, email }: { connection_id: string; email: string },
): Promise<User | undefined> => {
  const connection = await connections.find(tenant.name, connection_id)
  if (!connection) throw unknownConnection()
  return users.findByEmail(tenant.name, connection.name, email)
}

const findUser = async (deps: TicketDeps, tenant: Tenant, body: PasswordTicket): Promise<User> => {
  const { user_id, connection_id = '', email = '', identity } = body
  const user =
    user_id === undefined
      ? await findByEmail(deps, tenant, { connection_id, email })
      : await deps.users.find(tenant.name, user_id)
  if (!user || (identity !== undefined && !(await isIdentityOf(deps, { tenant, user }, identity)))) throw unknownUser()
  return user
}

const isIdentityOf = async (
  { connections }: TicketDeps,
  { tenant, user }: { tenant: Tenant; user: User },
  { user_id, connection_id }: NonNullable<PasswordTicket['identity']>,
): Promise<boolean> => {
  if (user.id !== `auth0|${user_id}`) return false
  if (connection_id === undefined) return true
  return (await connections.find(tenant.name, connection_id))?.name === user.connection
}

const requireResettable = async ({ connections }: TicketDeps, tenant: Tenant, user: User): Promise<Connection> => {
  const connection = await connections.findByName(tenant.name, user.connection)
  if (connection && keepsPasswords(connection)) return connection
  throw badRequest(`Passwords of the connection '${user.connection}' are kept elsewhere and cannot be reset here.`)
}

type Origin = { user: User; connection: Connection; clientId: string | undefined; organizationId: string | undefined }

/** Actions decide by both: what they are told exists, and a reset may begin there. */
const requireOrigin = async (
  { clients, organizations, memberships }: TicketDeps,
  tenant: Tenant,
  { user, connection, clientId, organizationId }: Origin,
): Promise<void> => {
  if (clientId !== undefined) {
    if (!(await clients.find(tenant.name, clientId))) throw unknownClient()
    if (!isEnabledFor(connection, clientId)) {
      throw badRequest(`The connection '${connection.name}' is not enabled for the client.`)
    }
  }
  if (organizationId === undefined) return
  if (!(await organizations.find(tenant.name, organizationId))) throw unknownOrganization()
  if (await memberships.isMember(tenant.name, organizationId, user.id)) return
  throw badRequest('The user is not a member of the organization.')
}

export const ticketRoutes = (deps: TicketDeps) => async (app: Api) => {
  const schema = {
    summary: 'A reset link for the caller to hand over',
    body: passwordTicket,
    response: { 201: z.object({ ticket: z.string().describe('The link') }) },
    refuses: [404],
  }
  const options = { config: { scopes: ['create:user_tickets'] }, schema }
  app.post('/tickets/password-change', options, async ({ tenant, body }, reply) => {
    checkCombination(body)
    const user = await findUser(deps, tenant, body)
    const connection = await requireResettable(deps, tenant, user)
    const { client_id: clientId, organization_id: organizationId, result_url: resultUrl } = body
    await requireOrigin(deps, tenant, { user, connection, clientId, organizationId })
    const { url } = await deps.mintTicket({
      tenant,
      purpose: 'reset',
      user,
      lifeMs: (body.ttl_sec || defaultTtlSeconds) * 1_000,
      ...(clientId !== undefined && { clientId }),
      ...(organizationId !== undefined && { organizationId }),
      ...(resultUrl !== undefined && { resultUrl }),
      ...(body.mark_email_as_verified && { marksEmailVerified: true }),
      ...(body.includeEmailInRedirect && { includesEmailInRedirect: true }),
    })
    reply.code(201)
    // The vendor's links end like this: a fragment left over from wherever the link stood is dropped.
    return { ticket: `${url}#` }
  })
}
