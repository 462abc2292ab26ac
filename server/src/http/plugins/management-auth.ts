/** Who calls the management API, and whether they may. Every route names its scopes; one that does not stops the start. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { AccessTokens, Grant } from '../../access/access-token.ts'
import { WireProblem } from '../wire-problem.ts'

type Deps = { accessTokens: Pick<AccessTokens, 'verify'> }

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]

/** Refuses with the text that the vendor's deploy tool looks for. */
export const requireScope = ({ scopes }: Grant, anyOf: readonly string[]): void => {
  if (anyOf.some((scope) => scopes.includes(scope))) return
  throw new WireProblem(403, `Insufficient scope, expected any of: ${anyOf.join(',')}`, 'insufficient_scope')
}

export const managementAuth = fp(
  async (app: FastifyInstance, { accessTokens }: Deps) => {
    app.decorateRequest('grant')
    app.addHook('onRoute', ({ method, url, config }) => {
      if (!config?.scopes?.length) throw new Error(`${method} ${url} names no scope.`)
    })
    app.addHook('onRequest', async (request) => {
      const token = bearerOf(request)
      const grant = token === undefined ? undefined : await accessTokens.verify(request.tenant, token)
      if (!grant) throw new WireProblem(401, 'Invalid token', 'invalid_token')
      request.grant = grant
    })
    // After every `onRequest`: a call without the scope counts like any other of its tenant.
    app.addHook('preParsing', async ({ is404, grant, routeOptions }) => {
      if (!is404) requireScope(grant, routeOptions.config.scopes ?? [])
    })
  },
  { name: 'management-auth', dependencies: ['tenant-by-host'] },
)

declare module 'fastify' {
  interface FastifyRequest {
    grant: Grant
  }
  interface FastifyContextConfig {
    /** Any one of them opens the route. */
    scopes?: readonly string[]
  }
}
