/**
 * Development only: what would have been sent, as a page and as JSON, newest first. It shows reset links and codes, so it
 * answers the machine's own programs alone.
 */
import type { FastifyInstance } from 'fastify'
import type { Outbox } from '../../mail/outbox.ts'
import { renderOutbox } from '../../pages/outbox-page.ts'
import { requireLoopback } from './loopback-only.ts'

interface Options {
  outbox: Pick<Outbox, 'list'>
}

/** The mails carry their own inline styles, and the browser holds them against the policy of the page around them. */
const contentSecurityPolicy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:"

export const outboxRoutes =
  ({ outbox }: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', requireLoopback)

    app.get('/dev/outbox', async (_request, reply) =>
      reply
        .header('content-security-policy', contentSecurityPolicy)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(renderOutbox(outbox.list())),
    )

    app.get('/dev/outbox.json', async (_request, reply) =>
      reply.header('cache-control', 'no-store').send(outbox.list()),
    )
  }
