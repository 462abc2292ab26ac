/** `/oauth/token`: tokens for the management API, and what clients ask to find it. Below the tenant plugin. */
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { lenientJson } from '../plugins/lenient-json.ts'
import { zodSchemas } from '../plugins/zod-schemas.ts'
import { discoveryRoutes } from './discovery.ts'
import { OAuthProblem } from './oauth-problem.ts'
import { type TokenDeps, tokenRoute } from './token.ts'

export type OAuthDeps = TokenDeps

const malformed = ({ path }: z.core.$ZodIssue) =>
  new OAuthProblem(400, 'invalid_request', `Missing or malformed parameter: ${path.join('.') || 'grant_type'}`)

/** Registered as a plugin of its own, so that its parsers and its errors stay with it. */
export const oauthRoutes = (deps: OAuthDeps) => async (app: FastifyInstance) => {
  if (!app.hasContentTypeParser('application/x-www-form-urlencoded')) await app.register(formbody)
  await app.register(lenientJson)
  await app.register(zodSchemas, { refuse: malformed, unnamedQuery: 'ignored' })
  app.setErrorHandler((error, request, reply) => {
    const { statusCode, code, description } = OAuthProblem.from(error)
    if (statusCode >= 500) request.log.error({ err: error }, 'token request failed')
    return reply.code(statusCode).send({ error: code, error_description: description })
  })
  await app.register(tokenRoute(deps))
  await app.register(discoveryRoutes())
}
