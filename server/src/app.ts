/** The HTTP surfaces in the order a request meets them. Nothing is loaded by itself: what is not here does not exist. */
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { Runtime } from '@interlock/runtime'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Adapters } from './adapters.ts'
import type { Access } from './compose-access.ts'
import type { Management } from './compose-management.ts'
import type { Steps } from './compose-steps.ts'
import type { Config } from './config.ts'
import { problem } from './errors.ts'
import { assetRoutes } from './http/assets.ts'
import { changePasswordRoutes } from './http/authentication/change-password.ts'
import { brandRoutes } from './http/brand.ts'
import { liveExecutionRoutes } from './http/dev/executions.ts'
import { outboxRoutes } from './http/dev/outbox.ts'
import { docsRoutes } from './http/docs/docs-routes.ts'
import { enrollRoutes } from './http/enroll/routes.ts'
import { healthRoutes } from './http/health.ts'
import { literalUrl } from './http/literal-url.ts'
import { managementRoutes } from './http/management/management-routes.ts'
import { oauthRoutes } from './http/oauth/oauth-routes.ts'
import { operatorRoutes } from './http/operator/operator-routes.ts'
import { drain } from './http/plugins/drain.ts'
import { pageHeaders } from './http/plugins/headers.ts'
import { limitLog } from './http/plugins/limit-log.ts'
import { requestLog } from './http/plugins/request-log.ts'
import { sameSite } from './http/plugins/same-site.ts'
import { tenantByHost } from './http/plugins/tenant.ts'
import { problemPage } from './http/problem-page.ts'
import { challengeRoutes } from './http/reset/challenge.ts'
import { continueRoutes } from './http/reset/continue.ts'
import { linkRoutes } from './http/reset/link.ts'
import { wordsOf } from './http/reset/page-words.ts'
import { requestRoutes } from './http/reset/request.ts'
import { show } from './http/reset/show.ts'
import { stepRoutes } from './http/reset/step.ts'
import { renderPage, renderProblem } from './pages/render.ts'
import { minVersion, readKeyPair } from './tls.ts'

export interface AppDeps {
  operatorToken: string
  runtime: Runtime
  config: Config
  adapters: Adapters
  access: Access
  management: Management
  steps: Steps
  logger: FastifyBaseLogger
}

/**
 * More than the largest form has: an outside page's answer, or what a security key says when it is registered. Fastify's
 * 1 MB would hold enough field names to take half a second to check.
 */
const formBytes = 65_536

/** What Node takes as a request's head: an id that is too long for us is one that nothing has, and no case for the router. */
const longestUrl = 16_384

/** The tenant's pages. They take forms and nothing else, and their problems are pages too. */
const hostedPages =
  ({ adapters, steps }: AppDeps) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(pageHeaders)
    await app.register(tenantByHost, adapters)
    await app.register(cookie)
    app.removeContentTypeParser(['application/json', 'text/plain'])
    await app.register(formbody, { bodyLimit: formBytes })
    await app.register(sameSite)
    const words = wordsOf(adapters)
    app.setErrorHandler(problemPage({ renderProblem, wordsOf: words }))
    const pages = { ...adapters, ...steps, show: show({ ...adapters, renderPage, wordsOf: words }) }
    await app.register(brandRoutes(adapters))
    await app.register(requestRoutes(pages))
    await app.register(linkRoutes(pages))
    await app.register(challengeRoutes(pages))
    await app.register(continueRoutes(pages))
    await app.register(stepRoutes(pages))
    await app.register(enrollRoutes(pages))
    app.setNotFoundHandler(() => {
      throw problem('ERR_PAGE_UNKNOWN')
    })
  }

/** What a tenant's own programs call. */
const tenantApis =
  ({ adapters, access, management, steps }: AppDeps) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(tenantByHost, adapters)
    await app.register(limitLog, adapters)
    await app.register(oauthRoutes({ ...adapters, ...access }))
    await app.register(changePasswordRoutes({ ...adapters, ...steps }))
    await app.register(managementRoutes({ ...adapters, ...access, ...management, ...steps }))
  }

/** Without a type of its own: no route can tell. */
const listenerOf = ({ tls }: Config): object => (tls ? { https: { ...readKeyPair(tls), minVersion } } : {})

export const createApp = async (deps: AppDeps): Promise<FastifyInstance> => {
  const { config, adapters, access, logger } = deps
  const app = Fastify({
    ...listenerOf(config),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => adapters.random.uuid(),
    trustProxy: config.trustProxy ?? false,
    bodyLimit: 1_048_576,
    rewriteUrl: literalUrl,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestUrl },
  })
  await app.register(requestLog)
  await app.register(drain)
  await app.register(docsRoutes)
  await app.register(healthRoutes(adapters))
  await app.register(assetRoutes())
  await app.register(
    operatorRoutes({
      ...adapters,
      ...access,
      runtime: deps.runtime,
      operatorToken: deps.operatorToken,
      plainHttp: config.mode === 'production' ? 'forbidden' : 'localhost-only',
    }),
  )
  if (adapters.outbox) await app.register(outboxRoutes({ outbox: adapters.outbox }))
  if (adapters.executionFeed) await app.register(liveExecutionRoutes({ feed: adapters.executionFeed }))
  await app.register(tenantApis(deps))
  await app.register(hostedPages(deps))
  return app
}
