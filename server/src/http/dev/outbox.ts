/**
 * Development only: what would have been sent, as a page and as JSON, newest first. It shows reset links and codes, so it
 * answers the machine's own programs alone: by the address of the connection, and by a host name of the machine, which
 * keeps out a web page that points its own name here (DNS rebinding).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Outbox } from '../../mail/outbox.ts'
import { renderOutbox } from '../../pages/outbox-page.ts'

interface Options {
  outbox: Pick<Outbox, 'list'>
}

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/
const localHost = /^(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

const requireLoopback = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const address = request.socket.remoteAddress ?? ''
  if (!loopbackAddress.test(address) || !localHost.test(request.headers.host ?? '')) reply.callNotFound()
}

/** The mails carry their own inline styles, and the browser holds them against the policy of the page around them. */
const contentSecurityPolicy = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

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
