/**
 * The floor of the management API: a Fastify server in a process of its own, with one route that answers a JSON text it was
 * given, and reads the body of a request that has one. Tells its parent where it listens.
 */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'

export interface BareRoute {
  method: 'GET' | 'PATCH'
  answer: unknown
}

process.once('message', async ({ method, answer }: BareRoute) => {
  const app = Fastify()
  app.route({ method, url: '/', handler: async () => answer })
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.send?.({ port: (app.server.address() as AddressInfo).port })
})
