/**
 * The tenant's own style sheet, and that of its organizations. The address tells its content, so browsers keep it; an older
 * address gets what holds now.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type BrandStyle, brandStyleOf } from '../branding/brand-style.ts'
import { brandedFor } from '../branding/organization-brand.ts'
import { problem } from '../errors.ts'
import type { OrganizationStore } from '../organizations/organization.ts'
import { brandStylePath } from '../pages/page-context.ts'

const send = (reply: FastifyReply, style: BrandStyle | undefined, version: string): FastifyReply => {
  if (!style) throw problem('ERR_PAGE_UNKNOWN')
  return reply
    .header('cache-control', version === style.version ? 'public, max-age=31536000, immutable' : 'no-store')
    .type('text/css; charset=utf-8')
    .send(style.css)
}

export const brandRoutes =
  ({ organizations }: { organizations: Pick<OrganizationStore, 'find'> }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get<{ Params: { version: string } }>(brandStylePath(':version'), async ({ tenant, params }, reply) =>
      send(reply, brandStyleOf(tenant), params.version),
    )

    const ofOrganization = brandStylePath(':version', ':organization')
    app.get<{ Params: { version: string; organization: string } }>(
      ofOrganization,
      async ({ tenant, params }, reply) => {
        const organization = await organizations.find(tenant.name, params.organization)
        if (!organization) throw problem('ERR_PAGE_UNKNOWN')
        return send(reply, brandStyleOf(brandedFor(tenant, organization)), params.version)
      },
    )
  }
