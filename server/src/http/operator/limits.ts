import { z } from 'zod'
import { limitCatalogue } from '../../tenants/limits.ts'
import { checkLimitsPatch, type LimitsPatch, listLimits, patchLimits } from '../../tenants/limits-patch.ts'
import type { TenantStore } from '../../tenants/tenant-store.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { badRequest } from '../wire-problem.ts'
import { byName } from './tenant-schema.ts'
import { unknownTenant } from './tenants.ts'

export type LimitDeps = { tenants: Pick<TenantStore, 'find' | 'update'> }

const limitsPatch = z.record(z.string(), z.unknown())

export const limitRoutes = (deps: LimitDeps) => async (app: Api) => {
  const find = async (name: string) => {
    const tenant = await deps.tenants.find(name)
    if (!tenant) throw unknownTenant()
    return tenant
  }

  app.get('/limits', async () => ({
    limits: Object.entries(limitCatalogue).map(([name, limit]) => ({ name, ...limit })),
  }))

  app.get('/tenants/:name/limits', { schema: { params: byName } }, async ({ params }) =>
    listLimits(await find(params.name)),
  )

  app.patch('/tenants/:name/limits', { schema: { params: byName, body: limitsPatch } }, async ({ params, body }) => {
    const tenant = await find(params.name)
    const refusal = checkLimitsPatch(body)
    if (refusal !== undefined) throw badRequest(refusal, 'invalid_body')
    const limits = patchLimits(tenant.limits, body as LimitsPatch)
    const edited = await deps.tenants.update(tenant.name, { limits })
    if (!edited || edited === 'domain-taken') throw unknownTenant()
    return listLimits(edited)
  })
}
