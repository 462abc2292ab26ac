/**
 * Client credentials to a management token.
 *
 * - the client proves itself before anything is said about grants and audiences
 * - requests are counted, those of clients apart from all others
 * - the token holds the scopes the client has; `scope` in the request can only narrow them
 */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type AccessTokens, accessTokenSeconds, audienceOf, isAudienceOf } from '../../access/access-token.ts'
import type { CheckAssertion } from '../../access/client-assertion.ts'
import { managementScopes } from '../../access/management-scopes.ts'
import type { ClientGrantStore } from '../../client-grants/client-grant.ts'
import type { Client, ClientStore } from '../../clients/client.ts'
import { isSecretOf } from '../../clients/client-secret.ts'
import type { LogFacts } from '../../logs/log-entry.ts'
import type { TenantLog } from '../../logs/tenant-log.ts'
import type { Clock } from '../../ports.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import { callerFacts } from '../plugins/caller-facts.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { credentialsOf } from './client-credentials.ts'
import { OAuthProblem } from './oauth-problem.ts'
import { createTokenLimit } from './token-limit.ts'

export type TokenDeps = {
  clients: Pick<ClientStore, 'find'>
  clientGrants: Pick<ClientGrantStore, 'findOf'>
  accessTokens: Pick<AccessTokens, 'issue'>
  checkAssertion: CheckAssertion
  tenantLog: Pick<TenantLog, 'record'>
  clock: Clock
}

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Unknown parameters are ignored (RFC 6749, 3.2). */
const tokenRequest = z.object({
  grant_type: z.string().meta({ examples: ['client_credentials'] }),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  client_assertion: z.string().max(8_192).optional().describe('A JWT signed with a key of the client: RFC 7523'),
  client_assertion_type: z.string().optional().describe(jwtBearer),
  audience: z.string().optional().describe('https://<domain>/api/v2/'),
  scope: z.string().optional(),
})
type TokenRequest = z.infer<typeof tokenRequest>

const tokenAnswer = z.object({
  access_token: z.string(),
  scope: z.string(),
  expires_in: z.int().describe('In seconds'),
  token_type: z.string(),
})

const schema = {
  summary: 'Client credentials to a management token',
  description:
    'The client may also show who it is by HTTP Basic, or by an assertion. scope narrows the scopes of the client.',
  body: tokenRequest,
  response: { 200: tokenAnswer },
  refuses: [429],
}

/** Whoever asks is unknown: more than the longest assertion is not read. */
const bodyLimit = 65_536

const unauthorized = () => new OAuthProblem(401, 'access_denied', 'Unauthorized')

const byAssertion = async (
  { checkAssertion }: TokenDeps,
  request: FastifyRequest,
  {
    client_id: clientId,
    client_secret: secret,
    client_assertion: assertion,
    client_assertion_type: type,
  }: TokenRequest,
): Promise<Client> => {
  if (assertion === undefined || type !== jwtBearer) {
    throw new OAuthProblem(400, 'invalid_request', `An assertion needs client_assertion_type ${jwtBearer}`)
  }
  // RFC 6749, 2.3: one way in a request.
  if (secret !== undefined || request.headers.authorization !== undefined) {
    throw new OAuthProblem(400, 'invalid_request', 'A client shows who it is in one way: an assertion or a secret')
  }
  const result = await checkAssertion(request.tenant, assertion)
  if (!result.client) {
    throw result.wrong === undefined ? unauthorized() : new OAuthProblem(401, 'invalid_client', result.wrong)
  }
  if (clientId !== undefined && clientId !== result.client.clientId) throw unauthorized()
  return result.client
}

const bySecret = async ({ clients }: TokenDeps, request: FastifyRequest, body: TokenRequest): Promise<Client> => {
  const credentials = credentialsOf(request, body)
  const client = credentials && (await clients.find(request.tenant.name, credentials.clientId))
  const known = isSecretOf(client, credentials?.secret ?? '')
  const isOpen = client?.authMethod !== 'none' && client?.assertionCredentials === undefined
  if (!client || !known || !isOpen) throw unauthorized()
  return client
}

const authenticate = (deps: TokenDeps, request: FastifyRequest, body: TokenRequest): Promise<Client> =>
  body.client_assertion === undefined && body.client_assertion_type === undefined
    ? bySecret(deps, request, body)
    : byAssertion(deps, request, body)

const requireAudience = (tenant: Tenant, audience: string | undefined): void => {
  if (audience === undefined) throw new OAuthProblem(400, 'invalid_request', 'Missing or malformed parameter: audience')
  if (!isAudienceOf(tenant, audience)) throw new OAuthProblem(403, 'access_denied', `Service not found: ${audience}`)
}

const grantedScopes = async (
  { clientGrants }: TokenDeps,
  { tenant, client }: { tenant: Tenant; client: Client },
  scope: string | undefined,
): Promise<readonly string[]> => {
  const grant = await clientGrants.findOf(tenant.name, client.clientId)
  if (!grant) {
    const text = `Client is not authorized to access "${audienceOf(tenant)}".`
    throw new OAuthProblem(403, 'access_denied', text)
  }
  const wanted = scope?.split(' ').filter((name) => name !== '') ?? []
  const granted = grant.allowsAllScopes ? managementScopes : grant.scopes
  return wanted.length === 0 ? granted : granted.filter((name) => wanted.includes(name))
}

/** The client is named only once it is known: anybody can send a name. */
const factsOf = (request: FastifyRequest, client: Client | undefined, audience: string | undefined): LogFacts => ({
  ...callerFacts(request),
  ...(client && { clientId: client.clientId }),
  ...(audience !== undefined && { audience }),
})

export const tokenRoute = (deps: TokenDeps) => async (app: Api) => {
  const limit = createTokenLimit(deps.clock)
  app.addHook('onSend', async (request, reply) => {
    if (request.tenant && !reply.hasHeader('x-ratelimit-limit')) limit.tell(request, reply)
  })

  const exchange = async (request: FastifyRequest, body: TokenRequest, client: Client) => {
    const { tenant } = request
    const isAllowed = client.grantTypes?.includes(body.grant_type) ?? true
    if (body.grant_type !== 'client_credentials' || !isAllowed) {
      const text = `Grant type '${body.grant_type}' not allowed for the client.`
      throw new OAuthProblem(403, 'unauthorized_client', text)
    }
    requireAudience(tenant, body.audience)
    const scopes = await grantedScopes(deps, { tenant, client }, body.scope)
    return {
      access_token: await deps.accessTokens.issue(tenant, { clientId: client.clientId, scopes }),
      scope: scopes.join(' '),
      expires_in: accessTokenSeconds,
      token_type: 'Bearer',
    }
  }

  app.post('/oauth/token', { schema, bodyLimit }, async (request, reply) => {
    const { tenant, body } = request
    let client: Client | undefined
    try {
      client = await authenticate(deps, request, body)
      limit.count(request, reply, 'client')
      const answer = await exchange(request, body, client)
      const facts = factsOf(request, client, body.audience)
      deps.tenantLog.record(tenant.name, { ...facts, type: 'seccft', scope: answer.scope })
      // RFC 6749, 5.1: a token must not stay in a cache.
      reply.header('cache-control', 'no-store')
      return answer
    } catch (error) {
      if (!client) limit.count(request, reply, 'stranger')
      const { statusCode, code: refused, description } = OAuthProblem.from(error)
      const facts = factsOf(request, client, body.audience)
      // Of those that ask too often the log is told by other means, and less often.
      if (statusCode !== 429) {
        deps.tenantLog.record(tenant.name, { ...facts, type: 'feccft', description, details: { error: refused } })
      }
      throw error
    }
  })
}
