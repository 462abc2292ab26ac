/** Headers of the hosted pages: nothing inline, nothing from elsewhere, nothing framed, nothing kept. */
import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

export const pageHeaders = fp(
  async (app: FastifyInstance) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
          // A form's answer may lead to the outside page an action chose, and browsers hold that redirect against this list.
          formAction: ["'self'", 'https:', 'http:'],
        },
      },
      // For browsers that do not know `frame-ancestors`.
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginEmbedderPolicy: false,
      // Transport security is the front's or the operator's decision for the whole host.
      strictTransportSecurity: false,
    })
    app.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    })
  },
  { name: 'page-headers' },
)
