/** The tenant's own style sheet. The address tells its content, so browsers keep it; an older address gets what holds now. */
import type { FastifyInstance } from 'fastify'
import { brandStyleOf } from '../branding/brand-style.ts'
import { problem } from '../errors.ts'
import { brandStylePath } from '../pages/page-context.ts'

export const brandRoutes =
  () =>
  async (app: FastifyInstance): Promise<void> => {
    app.get<{ Params: { version: string } }>(brandStylePath(':version'), async ({ tenant, params }, reply) => {
      const style = brandStyleOf(tenant)
      if (!style) throw problem('ERR_PAGE_UNKNOWN')
      const isCurrent = params.version === style.version
      return reply
        .header('cache-control', isCurrent ? 'public, max-age=31536000, immutable' : 'no-store')
        .type('text/css; charset=utf-8')
        .send(style.css)
    })
  }
