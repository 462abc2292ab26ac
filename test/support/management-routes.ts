/** Every route of the management API, as it is registered: what a convention is held against. */
import Fastify, { type FastifyInstance, type RouteOptions } from 'fastify'
import type { z } from 'zod'
import { composeAccess } from '../../server/src/compose-access.ts'
import { composeManagement } from '../../server/src/compose-management.ts'
import { composeSteps } from '../../server/src/compose-steps.ts'
import { managementRoutes } from '../../server/src/http/management/management-routes.ts'
import { tenantByHost } from '../../server/src/http/plugins/tenant.ts'
import type { ApiApp } from './api-app.ts'

export interface ManagementRoute {
  method: string
  /** Below `/api/v2`, with parameters as `:name`. */
  path: string
  scopes: readonly string[]
  params?: z.ZodType
  body?: z.ZodType
  query?: z.ZodType
}

const toRoute = ({ method, url, config, schema }: RouteOptions): ManagementRoute => {
  const { params, body, querystring: query } = (schema ?? {}) as Partial<Record<string, z.ZodType>>
  return {
    method: String(method),
    path: url.replace('/api/v2', ''),
    scopes: config?.scopes ?? [],
    ...(params && { params }),
    ...(body && { body }),
    ...(query && { query }),
  }
}

const tenantApi =
  (adapters: ApiApp['adapters'], runtime: ApiApp['runtime']) =>
  async (app: FastifyInstance): Promise<void> => {
    const composed = { ...composeAccess(adapters), ...composeManagement(adapters, runtime) }
    await app.register(tenantByHost, adapters)
    await app.register(managementRoutes({ ...adapters, ...composed, ...composeSteps(adapters, runtime) }))
  }

/** They are registered once more, in a server that nobody calls. */
export const listManagementRoutes = async ({ adapters, runtime }: ApiApp): Promise<ManagementRoute[]> => {
  const routes: RouteOptions[] = []
  const app = Fastify()
  app.addHook('onRoute', (route) => {
    if (route.method !== 'HEAD') routes.push(route)
  })
  await app.register(tenantApi(adapters, runtime))
  await app.ready()
  await app.close()
  // Only now: the API's own hooks add to a route what it does not name itself.
  return routes.map(toRoute)
}
