/**
 * Somebody asks for a reset link.
 *
 * - known and unknown addresses get the same answer after the same work: the user is looked up after the answer, and a
 *   link is made and a mail written for nobody too, or the next request would wait for a known address only
 * - asking is limited per address and client IP, per client IP and per address, before anything is looked up
 * - mails are limited per user as well: whoever has many addresses floods no mailbox, and the link sent last stays good
 * - a connection that cannot reset is refused by name, and so are an application and an organization that do not exist, as
 *   actions decide by them: that says nothing about a user
 * - who is not a member of the organization gets no mail, and nobody learns of it but the tenant, from its log
 */

import { type ResetOrigin, resetOriginOf } from '../branding/reset-origin.ts'
import type { ClientStore } from '../clients/client.ts'
import {
  type Connection,
  type ConnectionStore,
  defaultConnectionName,
  isEnabledFor,
  keepsPasswords,
} from '../connections/connection.ts'
import { problem, tooManyRequests } from '../errors.ts'
import type { LogFacts } from '../logs/log-entry.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { DescribeResetLink, ResetLink } from '../mail/reset-link.ts'
import type { MembershipStore, OrganizationStore } from '../organizations/organization.ts'
import type { Background, Clock } from '../ports.ts'
import { clientNetwork } from '../rate-limits/client-network.ts'
import type { RateLimitStore } from '../rate-limits/rate-limit.ts'
import { effectiveLimits, type TenantLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { MintTicket } from '../tickets/mint-ticket.ts'
import type { User } from '../users/user.ts'
import { userFacts } from '../users/user-facts.ts'
import type { UserStore } from '../users/user-store.ts'
import { originFacts } from './journey-log.ts'
import type { RequestFacts } from './request-facts.ts'

type Deps = {
  clients: Pick<ClientStore, 'find'>
  connections: Pick<ConnectionStore, 'findByName' | 'page'>
  users: Pick<UserStore, 'findByEmail' | 'findByUsername'>
  organizations: Pick<OrganizationStore, 'find'>
  memberships: Pick<MembershipStore, 'isMember'>
  rateLimits: Pick<RateLimitStore, 'take'>
  mintTicket: MintTicket
  /** How long the link lives, and where it leads in the end. */
  describeResetLink: DescribeResetLink
  /** Writes the mail, and sends it if there is somebody to send it to. */
  sendResetMail: (tenant: Tenant, mail: ResetMail) => Promise<void>
  background: Background
  tenantLog: Pick<TenantLog, 'record'>
  clock: Clock
}

interface ResetMail {
  user: (User & { email: string }) | undefined
  url: string
  lifeSeconds: number
  origin: ResetOrigin
}

export interface ResetRequest {
  tenant: Tenant
  /** An e-mail address or a user name. */
  identifier: string
  /** The tenant's first connection where it is absent. */
  connection?: string
  clientId?: string
  organizationId?: string
  uiLocales: string[]
  from: Pick<RequestFacts, 'ip' | 'hostname' | 'userAgent'>
}
export type RequestReset = (request: ResetRequest) => Promise<void>

const findConnection = async (
  { connections }: Deps,
  { tenant, connection }: ResetRequest,
): Promise<Connection | undefined> => {
  if (connection !== undefined) return connections.findByName(tenant.name, connection)
  const usual = await connections.findByName(tenant.name, defaultConnectionName)
  return usual ?? (await connections.page(tenant.name, {}, { offset: 0, limit: 1 })).items[0]
}

const requireConnection = async (deps: Deps, request: ResetRequest): Promise<Connection> => {
  const connection = await findConnection(deps, request)
  if (!connection) throw problem('ERR_CONNECTION_UNKNOWN')
  if (!keepsPasswords(connection)) throw problem('ERR_CONNECTION_UNSUPPORTED')
  if (request.clientId !== undefined && !isEnabledFor(connection, request.clientId)) {
    throw problem('ERR_CONNECTION_UNKNOWN')
  }
  return connection
}

const requireOrigin = async (deps: Deps, { tenant, clientId, organizationId }: ResetRequest): Promise<void> => {
  const [client, organization] = await Promise.all([
    clientId === undefined ? 'none' : deps.clients.find(tenant.name, clientId),
    organizationId === undefined ? 'none' : deps.organizations.find(tenant.name, organizationId),
  ])
  if (!client || !organization) throw problem('ERR_REQUEST_INVALID')
}

const findUser = async (
  { users }: Deps,
  { tenant, identifier }: ResetRequest,
  connection: string,
): Promise<User | undefined> =>
  identifier.includes('@')
    ? users.findByEmail(tenant.name, connection, identifier)
    : users.findByUsername(tenant.name, connection, identifier)

/** Has one link per tenant, which leads nowhere: there is no such user, and nobody learns its secret. */
const nobody = { id: '', createdAt: 0 }

type Receiver = { mailed: User & { email: string } } | { mailed: undefined; because: string; known?: User }

const findReceiver = async (deps: Deps, request: ResetRequest, connection: string): Promise<Receiver> => {
  const user = await findUser(deps, request, connection)
  if (!user) return { mailed: undefined, because: 'Nobody has this address' }
  const { email } = user
  const { tenant, organizationId } = request
  if (organizationId !== undefined && !(await deps.memberships.isMember(tenant.name, organizationId, user.id))) {
    return { mailed: undefined, because: 'The user is not a member of the organization', known: user }
  }
  if (email === undefined) return { mailed: undefined, because: 'The user has no address', known: user }
  return user.blocked
    ? { mailed: undefined, because: 'The user is blocked', known: user }
    : { mailed: { ...user, email } }
}

const requestFacts = ({ identifier, clientId, organizationId, from }: ResetRequest, connection: string): LogFacts => ({
  ...originFacts(from),
  userName: identifier,
  connection,
  ...(clientId !== undefined && { clientId }),
  ...(organizationId !== undefined && { organizationId }),
})

/** Entries of the tenant's log, in the vendor's words. */
const telling = (
  { tenantLog }: Deps,
  request: ResetRequest,
  { connection, link }: { connection: string; link: ResetLink },
) => {
  const { tenant, identifier, clientId } = request
  const facts = requestFacts(request, connection)
  const body = {
    connection,
    email: identifier,
    tenant: tenant.name,
    client_id: clientId,
    ttl_sec: link.lifeSeconds,
    resultUrl: link.resultUrl,
    markEmailAsVerified: true,
    includeEmailInRedirect: link.includesEmailInRedirect ?? false,
  }
  return {
    refused: (description: string, known?: User) =>
      tenantLog.record(tenant.name, {
        ...facts,
        ...(known && userFacts(known)),
        type: 'fcpr',
        description,
        details: { body },
      }),
    sent: (user: User) =>
      tenantLog.record(tenant.name, { ...facts, ...userFacts(user), type: 'scpr', details: { body } }),
  }
}

type Bucket = Parameters<RateLimitStore['take']>[2]

/** Of a pair, and of a user's mails. */
const everyMinute = ({ resetRequests }: TenantLimits): Bucket => ({ burst: resetRequests, refillMs: 60_000 })

const inTenMinutes = (burst: number): Bucket => ({ burst, refillMs: Math.ceil(600_000 / burst) })

/** Whoever is refused for one of them has used nothing of those behind it. */
const requireAllowance = async ({ rateLimits, clock }: Deps, { tenant, identifier, from }: ResetRequest) => {
  const limits = effectiveLimits(tenant)
  const [address, client] = [identifier.toLowerCase(), clientNetwork(from.ip)]
  const buckets: [string, Bucket][] = [
    [`reset-request:${address}:${client}`, everyMinute(limits)],
    [`reset-requests-from:${client}`, inTenMinutes(limits.resetsPerIp)],
    [`reset-requests-for:${address}`, inTenMinutes(limits.resetsPerAddress)],
  ]
  for (const [name, bucket] of buckets) {
    const allowance = await rateLimits.take(tenant.name, name, bucket, clock.now())
    if (!allowance.allowed) throw tooManyRequests(allowance.retryAfterMs)
  }
}

export const requestReset =
  (deps: Deps): RequestReset =>
  async (request) => {
    const { tenant, identifier, clientId, organizationId, uiLocales } = request
    await requireAllowance(deps, request)
    const connection = await requireConnection(deps, request)
    await requireOrigin(deps, request)

    deps.background.run('send reset mail', async () => {
      const link = await deps.describeResetLink(tenant, clientId)
      const receiver = await findReceiver(deps, request, connection.name)
      const { mailed } = receiver
      const tell = telling(deps, request, { connection: connection.name, link })
      const mails = `reset-mail:${mailed?.id ?? identifier.toLowerCase()}`
      const bucket = everyMinute(effectiveLimits(tenant))
      const allowance = await deps.rateLimits.take(tenant.name, mails, bucket, deps.clock.now())
      if (!allowance.allowed) return tell.refused('Too many mails to this user', mailed)
      const { url } = await deps.mintTicket({
        tenant,
        purpose: 'reset',
        user: mailed ?? nobody,
        lifeMs: link.lifeSeconds * 1_000,
        uiLocales,
        marksEmailVerified: true,
        ...(clientId !== undefined && { clientId }),
        ...(organizationId !== undefined && { organizationId }),
        ...(link.resultUrl !== undefined && { resultUrl: link.resultUrl }),
        ...(link.includesEmailInRedirect && { includesEmailInRedirect: true }),
      })
      const { lifeSeconds } = link
      const mail = { user: mailed, url, lifeSeconds, origin: resetOriginOf(request) }
      await deps.sendResetMail(tenant, mail).catch((error: unknown) => {
        tell.refused('The mail could not be handed over', mailed)
        throw error
      })
      if (!mailed) return tell.refused(receiver.because, receiver.known)
      tell.sent(mailed)
    })
  }
