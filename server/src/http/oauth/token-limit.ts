/**
 * How many token requests of a tenant one server answers: a token bucket for clients that have shown who they are, and one
 * of the same size for everybody else. So whoever only guesses uses up nobody's allowance, and beyond theirs is told
 * nothing but that, and is not written into the tenant's log.
 *
 * To look at a request costs a row of the database and a hash of SHA-256, or the signature of an assertion: secrets are random, so
 * there is no slow hash that a flood could make this server work at.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../../ports.ts'
import { createTokenBuckets, type TokenBucket } from '../../rate-limits/token-buckets.ts'
import { effectiveLimits } from '../../tenants/limits.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import { limitReached, tellLevel, tellRetry } from '../plugins/bucket-headers.ts'
import { OAuthProblem } from './oauth-problem.ts'

export interface TokenLimit {
  /** Counts the request, and tells its answer what is left. Throws where nothing was. */
  count(request: FastifyRequest, reply: FastifyReply, who: 'client' | 'stranger'): void
  /** For an answer to a request that was refused before it was counted. */
  tell(request: FastifyRequest, reply: FastifyReply): void
}

const bucketOf = (tenant: Tenant): TokenBucket => {
  const { tokenBurst: burst, tokenRate: perSecond } = effectiveLimits(tenant)
  return { burst, perSecond }
}

export const createTokenLimit = (clock: Clock): TokenLimit => {
  const buckets = { client: createTokenBuckets(), stranger: createTokenBuckets() }
  return {
    count({ tenant }, reply, who) {
      const [bucket, now] = [bucketOf(tenant), clock.now()]
      const level = buckets[who].take(tenant.name, bucket, now)
      tellLevel(reply, level, bucket.burst)
      if (level.allowed) return
      tellRetry(reply, level, now)
      throw new OAuthProblem(429, 'too_many_requests', limitReached)
    },
    tell({ tenant }, reply) {
      const bucket = bucketOf(tenant)
      tellLevel(reply, buckets.client.look(tenant.name, bucket, clock.now()), bucket.burst)
    },
  }
}
