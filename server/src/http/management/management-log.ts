/** Tells the tenant's log what was changed through the management API: every write that succeeded, after its answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { LogEvent } from '../../logs/log-entry.ts'
import type { TenantLog } from '../../logs/tenant-log.ts'
import { callerFacts } from '../plugins/caller-facts.ts'
import { redact } from './redact.ts'

interface Options {
  tenantLog: Pick<TenantLog, 'record'>
}

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Writes that the vendor's log also names for what they mean. */
const meanings: readonly { type: 'gd_unenroll' | 'gd_enrollment_complete' | 'gd_tenant_update'; route: RegExp }[] = [
  { type: 'gd_unenroll', route: /^(DELETE|PUT) .*\/users\/:\w+\/(authentication-methods(\/:\w+)?|authenticators)$/ },
  { type: 'gd_unenroll', route: /^DELETE .*\/guardian\/enrollments\/:id$/ },
  { type: 'gd_enrollment_complete', route: /^(POST|PUT) .*\/users\/:\w+\/authentication-methods$/ },
  { type: 'gd_tenant_update', route: /^(PUT|PATCH) .*\/guardian\// },
]

const userIn = ({ routeOptions, params, concerns }: FastifyRequest): { userId?: string } => {
  if (concerns !== undefined) return { userId: concerns }
  const { id } = params as { id?: unknown }
  return typeof id === 'string' && /\/users\/:id\b/.test(routeOptions.url ?? '') ? { userId: id } : {}
}

const eventsOf = (request: FastifyRequest, reply: FastifyReply): LogEvent[] => {
  const { method, routeOptions, grant, url, query, body } = request
  const facts = { ...callerFacts(request), ...userIn(request), clientId: grant.clientId }
  const [path = ''] = url.split('?')
  const line = { method: method.toLowerCase(), path, query: redact(query) }
  const route = `${method} ${routeOptions.url}`
  const meant = meanings.filter((meaning) => meaning.route.test(route))
  const whole = { request: { ...line, body: redact(body) }, response: answerOf(request, reply) }
  return [
    { ...facts, type: 'sapi', description: route, details: whole },
    ...meant.map(({ type }): LogEvent => ({ ...facts, type, details: { request: line } })),
  ]
}

const answerOf = (request: FastifyRequest, reply: FastifyReply) => ({
  statusCode: reply.statusCode,
  ...(request.answered !== undefined && { body: redact(request.answered) }),
})

export const managementLog = fp(
  async (app: FastifyInstance, { tenantLog }: Options) => {
    app.decorateRequest('answered')
    app.decorateRequest('concerns')
    app.addHook('preSerialization', async (request, _reply, payload) => {
      if (writes.has(request.method)) request.answered = payload
      return payload
    })
    app.addHook('onResponse', async (request, reply) => {
      if (!writes.has(request.method) || reply.statusCode >= 300 || !request.grant) return
      for (const event of eventsOf(request, reply)) tenantLog.record(request.tenant.name, event)
    })
  },
  { name: 'management-log', dependencies: ['management-auth'] },
)

declare module 'fastify' {
  interface FastifyRequest {
    /** The answer to a write, before it became text. */
    answered: unknown
    /** The user that a write was about, where the path does not name one. */
    concerns: string | undefined
  }
}
