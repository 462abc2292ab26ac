/** One line per answer, by route pattern: URLs here hold tickets, states and tokens, and never reach a log. */
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

export const requestLog = fp(
  async (app: FastifyInstance) => {
    app.addHook('onResponse', async (request, reply) => {
      const { method, routeOptions, ip } = request
      const facts = {
        method,
        route: routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ip,
      }
      request.log.info({ ...facts, tenant: request.tenant?.name }, 'answered')
    })
  },
  { name: 'request-log' },
)
