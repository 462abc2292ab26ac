import type { FastifyReply, FastifyRequest } from 'fastify'

const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/
const localHost = /^(localhost|[a-z0-9-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * For what only the machine's own programs may see: by the address of the connection, and by a host name of the machine,
 * which keeps out a web page that points its own name here (DNS rebinding).
 */
export const requireLoopback = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const address = request.socket.remoteAddress ?? ''
  if (!loopbackAddress.test(address) || !localHost.test(request.headers.host ?? '')) reply.callNotFound()
}
