/**
 * Token buckets of this process, for what is asked too often to be counted in a store. A bucket is the time when it is full
 * again (the generic cell rate algorithm), so each takes one number.
 */

export interface TokenBucket {
  burst: number
  perSecond: number
}

export interface BucketLevel {
  allowed: boolean
  /** Tokens left. */
  left: number
  /** Unix time in milliseconds from which there is one more than now. */
  nextAt: number
}

export interface TokenBuckets {
  /** Takes a token if there is one. */
  take(name: string, bucket: TokenBucket, now: number): BucketLevel
  /** Takes tokens whether they are there or not: what has been done already is paid for later. */
  charge(name: string, bucket: TokenBucket, cost: { tokens: number; now: number }): void
  /** What `take` would find. */
  look(name: string, bucket: TokenBucket, now: number): BucketLevel
}

const levelOf = (fullAt: number, { burst, perSecond }: TokenBucket, now: number): BucketLevel => {
  const refillMs = 1_000 / perSecond
  const missing = Math.max(0, fullAt - now) / refillMs
  // A bucket that was made smaller meanwhile may lack more than it holds.
  const left = Math.max(0, Math.floor(burst - missing))
  return { allowed: left > 0, left, nextAt: left >= burst ? now : fullAt - (burst - left - 1) * refillMs }
}

export const createTokenBuckets = (): TokenBuckets => {
  const fullAt = new Map<string, number>()

  const look: TokenBuckets['look'] = (name, bucket, now) => levelOf(fullAt.get(name) ?? now, bucket, now)

  const charge: TokenBuckets['charge'] = (name, { perSecond }, { tokens, now }) => {
    fullAt.set(name, Math.max(fullAt.get(name) ?? now, now) + (tokens * 1_000) / perSecond)
  }

  return {
    look,
    charge,

    take(name, bucket, now) {
      const level = look(name, bucket, now)
      if (!level.allowed) return level
      charge(name, bucket, { tokens: 1, now })
      return { ...look(name, bucket, now), allowed: true }
    },
  }
}
