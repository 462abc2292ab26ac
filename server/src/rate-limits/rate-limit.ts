/** Allowances counted over time. Every method is one atomic write. */

export type Allowance = { allowed: true } | { allowed: false; retryAfterMs: number }

export interface RateLimitStore {
  /** Token bucket: `burst` at once, then one more per `refillMs`. */
  take(tenant: string, name: string, bucket: { burst: number; refillMs: number }, now: number): Promise<Allowance>
  /** Fixed window that opens with the first attempt: at most `most` within `windowMs`. */
  attempt(tenant: string, name: string, window: { most: number; windowMs: number }, now: number): Promise<Allowance>
  /** Forgets a window, after a success. */
  forget(tenant: string, name: string): Promise<void>
}
