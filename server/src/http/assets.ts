/** The static files of the pages, from memory. */
import type { FastifyInstance } from 'fastify'
import { allAssets } from '../pages/assets.ts'

export const assetRoutes =
  (assets = allAssets()) =>
  async (app: FastifyInstance): Promise<void> => {
    for (const { url, type, content } of assets) {
      app.get(url, async (_request, reply) =>
        reply
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('x-content-type-options', 'nosniff')
          .type(type)
          .send(content),
      )
    }
  }
