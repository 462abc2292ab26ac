/** `/oauth/token`: tokens for the management API. Below the tenant plugin. */
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { lenientJson } from '../plugins/lenient-json.ts'
import { OAuthProblem } from './oauth-problem.ts'
import { type TokenDeps, tokenRoute } from './token.ts'

export type OAuthDeps = TokenDeps

/** Registered as a plugin of its own, so that its parsers and its errors stay with it. */
export const oauthRoutes = (deps: OAuthDeps) => async (app: FastifyInstance) => {
  if (!app.hasContentTypeParser('application/x-www-form-urlencoded')) await app.register(formbody)
  await app.register(lenientJson)
  app.setErrorHandler((error, request, reply) => {
    const { statusCode, code, description } = OAuthProblem.from(error)
    if (statusCode >= 500) request.log.error({ err: error }, 'token request failed')
    return reply.code(statusCode).send({ error: code, error_description: description })
  })
  await app.register(tokenRoute(deps))
}
