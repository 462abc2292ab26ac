/** How a token bucket is told to whoever is counted in it: in every answer what is left, in a refusal when to come again. */
import type { FastifyReply } from 'fastify'
import type { BucketLevel } from '../../rate-limits/token-buckets.ts'

const inSeconds = (milliseconds: number): number => Math.ceil(milliseconds / 1_000)

export const tellLevel = (reply: FastifyReply, { left, nextAt }: BucketLevel, burst: number): FastifyReply =>
  reply.headers({ 'x-ratelimit-limit': burst, 'x-ratelimit-remaining': left, 'x-ratelimit-reset': inSeconds(nextAt) })

export const tellRetry = (reply: FastifyReply, { nextAt }: BucketLevel, now: number): FastifyReply =>
  reply.header('retry-after', Math.max(1, inSeconds(nextAt - now)))

/** The vendor's deploy tool looks for it. */
export const limitReached = 'Global limit has been reached'
