/**
 * Headers of the hosted pages: nothing inline, nothing from elsewhere but the tenant's own pictures and font, nothing
 * framed, nothing kept.
 */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { fontOf, iconOf, logoOf, toSource } from '../../branding/brand-address.ts'
import type { Tenant } from '../../tenants/tenant.ts'

type Branded = Pick<Tenant, 'branding' | 'settings'>

const sourcesOf = (
  tenant: Branded | null | undefined,
  addresses: readonly ((tenant: Branded) => string | undefined)[],
) =>
  tenant
    ? addresses
        .map((addressOf) => addressOf(tenant))
        .filter((href) => href !== undefined)
        .map(toSource)
    : []

/** Without a tenant nothing is from elsewhere. */
export const contentSecurityPolicy = (tenant: Branded | null | undefined): string => {
  const fonts = sourcesOf(tenant, [fontOf])
  const directives = [
    ["default-src 'none'"],
    ["script-src 'self'"],
    ["style-src 'self'"],
    ["img-src 'self' data:", ...sourcesOf(tenant, [logoOf, iconOf])],
    ...(fonts.length > 0 ? [['font-src', ...fonts]] : []),
    ["connect-src 'self'"],
    ["base-uri 'none'"],
    ["frame-ancestors 'none'"],
    // A form's answer may lead to the outside page an action chose, and browsers hold that redirect against this list.
    ["form-action 'self' https: http:"],
  ]
  return directives.map((parts) => [...new Set(parts)].join(' ')).join(';')
}

export const policyHeader = 'content-security-policy'

export const pageHeaders = fp(
  async (app: FastifyInstance) => {
    await app.register(helmet, {
      contentSecurityPolicy: false,
      // For browsers that do not know `frame-ancestors`.
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginEmbedderPolicy: false,
      // Transport security is the front's or the operator's decision for the whole host.
      strictTransportSecurity: false,
    })
    app.addHook('onSend', async (request, reply) => {
      if (!reply.hasHeader(policyHeader)) reply.header(policyHeader, contentSecurityPolicy(request.tenant))
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    })
  },
  { name: 'page-headers' },
)
