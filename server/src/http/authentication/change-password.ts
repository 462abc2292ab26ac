/**
 * `POST /dbconnections/change_password`: anyone may ask for a reset mail, without a secret.
 *
 * - the answer is the same for known and unknown addresses
 * - once an action is bound, the caller has to name the application the reset begins in, as actions read it
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ActionCatalogue } from '../../actions/catalogue.ts'
import { triggerId } from '../../actions/trigger.ts'
import type { ClientStore } from '../../clients/client.ts'
import { Problem, type ProblemCode, problems } from '../../errors.ts'
import type { OrganizationStore } from '../../organizations/organization.ts'
import type { RequestReset } from '../../steps/request-reset.ts'
import { lenientJson } from '../plugins/lenient-json.ts'
import { type Api, zodSchemas } from '../plugins/zod-schemas.ts'
import { requestFacts } from '../reset/request-facts.ts'

export type ChangePasswordDeps = {
  requestReset: RequestReset
  catalogue: Pick<ActionCatalogue, 'pin'>
  clients: Pick<ClientStore, 'find'>
  organizations: Pick<OrganizationStore, 'find'>
}

const resetRequest = z
  .object({
    client_id: z.string().min(1).optional().describe('Required while actions are bound'),
    email: z
      .email()
      .max(320)
      .optional()
      .meta({ examples: ['ada@example.com'] }),
    username: z.string().min(1).max(320).optional().describe('In place of email'),
    connection: z.string().min(1).max(128).optional().describe('Its name'),
    organization: z.string().min(1).optional(),
  })
  .refine(({ email, username }) => email !== undefined || username !== undefined, {
    path: ['email'],
    error: 'required',
  })

const schema = {
  summary: 'Asks for a reset mail',
  description: 'Anybody may, without a secret: the answer is the same for known and unknown addresses.',
  body: resetRequest,
  response: { 200: { content: { 'text/html': { schema: z.string() } } } },
}

interface Refusal {
  statusCode: number
  error: string
  text: string
  retryAfterMs?: number | undefined
}

class RefusedReset extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.text)
    this.refusal = refusal
  }
}

const invalid = (text: string) => new RefusedReset({ statusCode: 400, error: 'invalid_request', text })

const texts: Partial<Record<ProblemCode, string>> = {
  ERR_CONNECTION_UNSUPPORTED: 'Passwords of this connection are kept in a directory and cannot be reset here.',
  ERR_CONNECTION_UNKNOWN: 'The connection does not exist.',
  ERR_TENANT_UNKNOWN: 'No tenant has this domain.',
  ERR_TOO_MANY_REQUESTS: 'Too many requests. Try again later.',
}

const malformed = ({ path, message }: z.core.$ZodIssue) => invalid(`${path.join('.') || 'body'}: ${message}`)

const requireClient = async (deps: ChangePasswordDeps, tenant: string, clientId: string | undefined): Promise<void> => {
  if (clientId !== undefined) {
    if (!(await deps.clients.find(tenant, clientId))) throw invalid('client_id: there is no such client')
    return
  }
  const bound = await deps.catalogue.pin(tenant, triggerId)
  if (bound.length > 0) throw invalid(`client_id: required while actions are bound to ${triggerId}`)
}

const toRefusal = (error: unknown, request: FastifyRequest): Refusal => {
  if (error instanceof RefusedReset) return error.refusal
  if (error instanceof Problem && texts[error.code] !== undefined) {
    const { status, text } = problems[error.code]
    const { retryAfterMs } = error
    return { statusCode: status, error: text.replaceAll('-', '_'), text: texts[error.code] ?? text, retryAfterMs }
  }
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500) {
    return { statusCode: Number(error.statusCode), error: 'invalid_request', text: error.message }
  }
  request.log.error({ err: error }, 'reset request failed')
  return { statusCode: 500, error: 'server_error', text: 'An internal error occurred.' }
}

/** Registered as a plugin of its own, so that its parser and its errors stay with it. Below the tenant plugin. */
export const changePasswordRoutes = (deps: ChangePasswordDeps) => async (app: FastifyInstance) => {
  await app.register(lenientJson)
  await app.register(zodSchemas, { refuse: malformed, unnamedQuery: 'ignored' })
  app.setErrorHandler((error, request, reply) => {
    const { statusCode, error: code, text, retryAfterMs } = toRefusal(error, request)
    if (retryAfterMs !== undefined) reply.header('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1_000)))
    return reply.code(statusCode).send({ error: code, error_description: text })
  })

  await app.register(resetRoute(deps))
}

/** Whoever asks is unknown: more than an address and some ids is not read. */
const bodyLimit = 65_536

const resetRoute = (deps: ChangePasswordDeps) => async (app: Api) => {
  app.post('/dbconnections/change_password', { schema, bodyLimit }, async (request, reply) => {
    const { body, tenant } = request
    const { client_id: clientId, connection, email, username = '', organization } = body
    if (organization !== undefined && !(await deps.organizations.find(tenant.name, organization))) {
      throw invalid('organization: there is no such organization')
    }
    await requireClient(deps, tenant.name, clientId)
    await deps.requestReset({
      tenant,
      identifier: email ?? username,
      ...(connection !== undefined && { connection }),
      ...(clientId !== undefined && { clientId }),
      ...(organization !== undefined && { organizationId: organization }),
      uiLocales: [],
      from: requestFacts(request),
    })
    return reply.type('text/html; charset=utf-8').send("We've just sent you an email to reset your password.")
  })
}
