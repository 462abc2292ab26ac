import { z } from 'zod'
import type { EditTenant } from '../../tenants/edit-tenant.ts'
import { limitCatalogue } from '../../tenants/limits.ts'
import { checkLimitsPatch, type LimitsPatch, listLimits, patchLimits } from '../../tenants/limits-patch.ts'
import type { TenantStore } from '../../tenants/tenant-store.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { badRequest } from '../wire-problem.ts'
import { byName } from './tenant-schema.ts'
import { unknownTenant } from './tenants.ts'

export type LimitDeps = { tenants: Pick<TenantStore, 'find'>; editTenant: EditTenant }

const limitsPatch = z.record(z.string(), z.unknown())

export const limitRoutes = (deps: LimitDeps) => async (app: Api) => {
  app.get('/limits', async () => ({
    limits: Object.entries(limitCatalogue).map(([name, limit]) => ({ name, ...limit })),
  }))

  app.get('/tenants/:name/limits', { schema: { params: byName } }, async ({ params }) => {
    const tenant = await deps.tenants.find(params.name)
    if (!tenant) throw unknownTenant()
    return listLimits(tenant)
  })

  app.patch('/tenants/:name/limits', { schema: { params: byName, body: limitsPatch } }, async ({ params, body }) => {
    const refusal = checkLimitsPatch(body)
    if (refusal !== undefined) throw badRequest(refusal, 'invalid_body')
    const edited = await deps.editTenant(params.name, ({ limits }) => ({
      limits: patchLimits(limits, body as LimitsPatch),
    }))
    if (!edited || edited === 'domain-taken') throw unknownTenant()
    return listLimits(edited)
  })
}
