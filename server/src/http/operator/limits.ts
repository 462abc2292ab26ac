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

/** What is wrong with an entry is told with the range of its limit. */
const limitsPatch = z.record(z.string(), z.unknown()).meta({
  propertyNames: { enum: Object.keys(limitCatalogue) },
  additionalProperties: { type: ['integer', 'null'], description: 'null goes back to the default' },
})

const catalogue = z.object({
  limits: z.array(
    z.object({
      name: z.string(),
      unit: z.string(),
      default: z.int(),
      smallest: z.int(),
      largest: z.int(),
      reason: z.string(),
    }),
  ),
})

const limitsOfTenant = z.record(z.string(), z.object({ value: z.int(), default: z.int() })).meta({ id: 'TenantLimits' })

export const limitRoutes = (deps: LimitDeps) => async (app: Api) => {
  const listSchema = { summary: 'The catalogue of limits', response: { 200: catalogue } }
  app.get('/limits', { schema: listSchema }, async () => ({
    limits: Object.entries(limitCatalogue).map(([name, limit]) => ({ name, ...limit })),
  }))

  const readSchema = {
    summary: 'Value and default of every limit of a tenant',
    params: byName,
    response: { 200: limitsOfTenant },
  }
  app.get('/tenants/:name/limits', { schema: readSchema }, async ({ params }) => {
    const tenant = await deps.tenants.find(params.name)
    if (!tenant) throw unknownTenant()
    return listLimits(tenant)
  })

  const editSchema = {
    summary: 'Changes the given limits of a tenant',
    params: byName,
    body: limitsPatch,
    response: { 200: limitsOfTenant },
  }
  app.patch('/tenants/:name/limits', { schema: editSchema }, async ({ params, body }) => {
    const refusal = checkLimitsPatch(body)
    if (refusal !== undefined) throw badRequest(refusal, 'invalid_body')
    const edited = await deps.editTenant(params.name, ({ limits }) => ({
      limits: patchLimits(limits, body as LimitsPatch),
    }))
    if (!edited || edited === 'domain-taken') throw unknownTenant()
    return listLimits(edited)
  })
}
