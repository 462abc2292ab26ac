/** `/healthz`: the process answers. `/readyz`: so do its stores. */
import type { FastifyInstance } from 'fastify'

interface Options {
  /** Rejects while a store is out of reach. */
  checkStores: () => Promise<void>
}

export const healthRoutes =
  ({ checkStores }: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/healthz', async () => ({ status: 'ok' }))
    app.get('/readyz', async (request, reply) => {
      try {
        await checkStores()
        return { status: 'ready' }
      } catch (error) {
        request.log.error({ error }, 'not ready')
        return reply.code(503).send({ status: 'unavailable' })
      }
    })
  }
