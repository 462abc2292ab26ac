import { effectiveLimits, type TenantLimits } from '../../../tenants/limits.ts'
import { badRequest, notFound, type WireProblem } from '../../wire-problem.ts'

export const unknownRole = (): WireProblem => notFound('The role does not exist.', 'inexistent_role')

export const overLimit = (tenant: { limits: Partial<TenantLimits> }, limit: 'roles' | 'rolesPerUser'): WireProblem =>
  badRequest(`Limit ${limit} exceeded: the limit is ${effectiveLimits(tenant)[limit]}.`)
