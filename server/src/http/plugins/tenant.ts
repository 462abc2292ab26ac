/** Finds the tenant a request is for by its host, and by nothing else. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { problem } from '../../errors.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import type { TenantStore } from '../../tenants/tenant-store.ts'

interface Options {
  tenants: Pick<TenantStore, 'findByDomain'>
}

export const tenantByHost = fp(
  async (app: FastifyInstance, { tenants }: Options) => {
    app.decorateRequest('tenant', null as unknown as Tenant)
    app.addHook('onRequest', async (request: FastifyRequest) => {
      const tenant = await tenants.findByDomain(request.host.toLowerCase())
      if (!tenant) throw problem('ERR_TENANT_UNKNOWN')
      request.tenant = tenant
    })
  },
  { name: 'tenant-by-host' },
)

declare module 'fastify' {
  interface FastifyRequest {
    tenant: Tenant
  }
}
