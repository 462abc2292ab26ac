import { effectiveLimits, type TenantLimits } from '../../tenants/limits.ts'
import { badRequest, type WireProblem } from '../wire-problem.ts'

/** For what a tenant, or somebody in it, may have so many of. */
export const overLimit = (tenant: { limits: Partial<TenantLimits> }, limit: keyof TenantLimits): WireProblem =>
  badRequest(`Limit ${limit} exceeded: the limit is ${effectiveLimits(tenant)[limit]}.`)
