/**
 * Tells the tenant's log of callers who were answered 429, and of those who come near to it: once a minute for each address, as
 * each entry costs more than the answer did.
 */
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { TenantLog } from '../../logs/tenant-log.ts'
import type { Clock } from '../../ports.ts'
import { callerFacts } from './caller-facts.ts'

interface Options {
  tenantLog: Pick<TenantLog, 'record'>
  clock: Clock
}

const pauseMs = 60_000
const mostRemembered = 10_000

/** The vendor warns where four fifths are used. */
const leftToWarn = 1 / 5

const codeOf = (reply: FastifyReply): 'api_limit' | 'api_limit_warning' | undefined => {
  if (reply.statusCode === 429) return 'api_limit'
  const [burst, left] = ['limit', 'remaining'].map((name) => Number(reply.getHeader(`x-ratelimit-${name}`)))
  return burst !== undefined && left !== undefined && left <= burst * leftToWarn ? 'api_limit_warning' : undefined
}

export const limitLog = fp(
  async (app: FastifyInstance, { tenantLog, clock }: Options) => {
    const told = new Map<string, number>()
    const isDue = (entry: string, now: number): boolean => {
      if (now - (told.get(entry) ?? Number.NEGATIVE_INFINITY) < pauseMs) return false
      if (told.size >= mostRemembered) told.clear()
      told.set(entry, now)
      return true
    }
    app.addHook('onResponse', async (request, reply) => {
      const { tenant, ip, method, routeOptions } = request
      const type = codeOf(reply)
      if (!type || !tenant || !isDue(JSON.stringify([type, tenant.name, ip]), clock.now())) return
      const details = { request: { method: method.toLowerCase(), path: routeOptions.url } }
      tenantLog.record(tenant.name, { ...callerFacts(request), type, details })
    })
  },
  { name: 'limit-log', dependencies: ['tenant-by-host'] },
)
