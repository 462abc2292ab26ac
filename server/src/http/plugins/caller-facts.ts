import type { FastifyRequest } from 'fastify'
import type { LogFacts } from '../../logs/log-entry.ts'

/** Where a request came from, as a tenant's log names it. */
export const callerFacts = (request: FastifyRequest): LogFacts => {
  const userAgent = request.headers['user-agent']
  return { ip: request.ip, hostname: request.hostname, ...(userAgent !== undefined && { userAgent }) }
}
