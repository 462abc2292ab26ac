/**
 * Tells the tenant's log of callers who were answered 429: once a minute for each address, as each entry costs more than the
 * answer did.
 */
import type { FastifyInstance } from 'fastify'
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

export const limitLog = fp(
  async (app: FastifyInstance, { tenantLog, clock }: Options) => {
    const told = new Map<string, number>()
    const isDue = (caller: string, now: number): boolean => {
      if (now - (told.get(caller) ?? Number.NEGATIVE_INFINITY) < pauseMs) return false
      if (told.size >= mostRemembered) told.clear()
      told.set(caller, now)
      return true
    }
    app.addHook('onResponse', async (request, reply) => {
      const { tenant, ip, method, routeOptions } = request
      if (reply.statusCode !== 429 || !tenant || !isDue(JSON.stringify([tenant.name, ip]), clock.now())) return
      const details = { request: { method: method.toLowerCase(), path: routeOptions.url } }
      tenantLog.record(tenant.name, { ...callerFacts(request), type: 'api_limit', details })
    })
  },
  { name: 'limit-log', dependencies: ['tenant-by-host'] },
)
