/**
 * How many calls of a tenant's management API one server takes: a token bucket, told in every answer.
 *
 * - it is counted per tenant, once the caller is known: who has no token can use up nobody's allowance
 * - a call that keeps the server's thread for long counts as several: the others pay nothing for having waited
 * - it is counted in this process: it protects this server's other tenants, and a write for every read would cost more
 *   than the read
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Clock } from '../../ports.ts'
import { createTokenBuckets } from '../../rate-limits/token-buckets.ts'
import { effectiveLimits } from '../../tenants/limits.ts'
import { onAccount, type ThreadTime } from '../../thread-time.ts'
import { WireProblem } from '../wire-problem.ts'
import { limitReached, tellLevel, tellRetry } from './bucket-headers.ts'

interface Options {
  clock: Clock
}

const bucketOf = ({ tenant }: FastifyRequest) => {
  const { managementBurst: burst, managementRate: perSecond } = effectiveLimits(tenant)
  return { burst, perSecond }
}

/** With the default of 100 calls a second one tenant may keep the thread for a fifth of the time. */
const msPerCall = 2

export const callLimit = fp(
  async (app: FastifyInstance, { clock }: Options) => {
    const buckets = createTokenBuckets()

    app.addHook('onRequest', async (request, reply) => {
      const bucket = bucketOf(request)
      const now = clock.now()
      const level = buckets.take(request.tenant.name, bucket, now)
      tellLevel(reply, level, bucket.burst)
      if (level.allowed) return
      tellRetry(reply, level, now)
      throw new WireProblem(429, limitReached, 'too_many_requests')
    })

    app.decorateRequest('threadTime')
    // Not earlier: a body arrives in a context of its own.
    app.addHook('preValidation', (request, _reply, done) => {
      request.threadTime = { ms: 0 }
      onAccount(request.threadTime, done)
    })
    app.addHook('onResponse', async (request) => {
      const tokens = Math.floor((request.threadTime?.ms ?? 0) / msPerCall)
      if (tokens > 0) buckets.charge(request.tenant.name, bucketOf(request), { tokens, now: clock.now() })
    })

    // Who was refused before it was counted is told as well, unless it is nobody's API.
    app.addHook('onSend', async (request, reply) => {
      if (!request.tenant || reply.hasHeader('x-ratelimit-limit')) return
      const bucket = bucketOf(request)
      tellLevel(reply, buckets.look(request.tenant.name, bucket, clock.now()), bucket.burst)
    })
  },
  { name: 'call-limit', dependencies: ['management-auth'] },
)

declare module 'fastify' {
  interface FastifyRequest {
    /** Absent where the request was refused before it was read. */
    threadTime: ThreadTime | undefined
  }
}
