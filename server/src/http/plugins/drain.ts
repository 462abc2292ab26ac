/**
 * While the server closes, each answer is the last one of its connection: a browser that keeps it open for its next request
 * would keep the server waiting until that connection has been idle for long enough.
 */
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

export const drain = fp(
  async (app: FastifyInstance) => {
    let isClosing = false
    app.addHook('preClose', async () => {
      isClosing = true
    })
    app.addHook('onSend', async (_request, reply) => {
      if (isClosing) reply.header('connection', 'close')
    })
  },
  { name: 'drain' },
)
