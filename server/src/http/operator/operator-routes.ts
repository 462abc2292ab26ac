/** The operator's API, `/operator/v1`: tenants, their limits, and what they use. It belongs to no tenant, so it answers on every host. */
import type { FastifyInstance } from 'fastify'
import { lenientJson } from '../plugins/lenient-json.ts'
import { wireErrors } from '../plugins/wire-errors.ts'
import { zodSchemas } from '../plugins/zod-schemas.ts'
import { type LimitDeps, limitRoutes } from './limits.ts'
import { operatorAuth } from './operator-auth.ts'
import { type TenantDeps, tenantRoutes } from './tenants.ts'
import { type UsageDeps, usageRoutes } from './usage.ts'

export type OperatorDeps = TenantDeps & LimitDeps & UsageDeps & { operatorToken: string }

const api = (deps: OperatorDeps) => async (app: FastifyInstance) => {
  await app.register(wireErrors)
  await app.register(operatorAuth, { operatorToken: deps.operatorToken })
  await app.register(lenientJson)
  await app.register(zodSchemas)
  await app.register(tenantRoutes(deps))
  await app.register(limitRoutes(deps))
  await app.register(usageRoutes(deps))
}

export const operatorRoutes = (deps: OperatorDeps) => async (app: FastifyInstance) => {
  await app.register(api(deps), { prefix: '/operator/v1' })
}
