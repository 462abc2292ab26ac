import type { FactorSelector } from '../../shared/factor.ts'

/** One stored value. `expires_at` is Unix time in milliseconds. */
export interface CacheRecord {
  value: string
  expires_at: number
}

/** Why a cache write was not accepted. */
export type CacheErrorCode =
  | 'CacheKeySizeExceeded'
  | 'CacheValueSizeExceeded'
  | 'CacheSizeExceeded'
  | 'ItemAlreadyExpired'
  | 'InvalidExpiry'
  | 'FailedToSetCacheRecord'
  | 'FailedToDeleteCacheRecord'
  | 'CacheKeyDoesNotExist'
  | 'MaxSideEffectsExceeded'

export interface CacheError {
  type: 'error'
  code: CacheErrorCode
}

export interface CacheSetOptions {
  /** Life in milliseconds from now. Default 15 minutes. */
  ttl?: number
  /** Absolute end, Unix time in milliseconds. With `ttl`, the earlier of both counts. At most 24 hours ahead. */
  expires_at?: number
}

/**
 * What a handler may ask for. Commands are recorded and take effect after the handler's promise has settled: a denial
 * first, then the challenges in their order, then the redirect or prompt, then the next action.
 *
 * Every method throws a `TypeError` that names the argument when it is given something it cannot use.
 */
export interface PasswordResetPostChallengeAPI {
  access: {
    /**
     * Ends the reset. The user sees `reason` as plain text; no later action runs. The first denial's reason is shown.
     */
    deny(reason: string): void
  }
  authentication: {
    /**
     * Asks the user for `factor`; the user may pick any of `additionalFactors` instead. Factors the tenant has not
     * enabled or the user has not enrolled are ignored; when none is left the reset fails.
     */
    challengeWith(factor: FactorSelector, options?: { additionalFactors?: FactorSelector[] }): void
    /** Lets the user pick one of `factors`. Where only one is usable it is asked at once. */
    challengeWithAny(factors: FactorSelector[]): void
  }
  cache: {
    /** A value stored by any action of this trigger in this tenant, or `undefined`. */
    get(key: string): CacheRecord | undefined
    /**
     * Stores a string for later runs. Key at most 64 bytes, value at most 4 kB, 20 entries and 8 kB in all.
     * Never throws for a limit: it answers with the code.
     */
    set(key: string, value: string, options?: CacheSetOptions): { type: 'success'; record: CacheRecord } | CacheError
    delete(key: string): { type: 'success' } | CacheError
  }
  prompt: {
    /**
     * Shows a form and suspends; `onContinuePostChallenge` gets the answer in `event.prompt`. `fields` reach the
     * browser, `vars` never do. `id` at most 48 characters, `options` at most 24 KiB as JSON.
     */
    render(id: string, options?: { fields?: Record<string, unknown>; vars?: Record<string, unknown> }): void
  }
  redirect: {
    /** Signs `payload` as an HS256 JWT for the outside page. `expiresInSeconds` defaults to 900. */
    encodeToken(options: { secret: string; payload: Record<string, unknown>; expiresInSeconds?: number }): string
    /**
     * Suspends and sends the user to an absolute http(s) URL. `query` replaces parameters of the same name; `state` is
     * added and must come back to `/continue`.
     */
    sendUserTo(url: string, options?: { query?: Record<string, string> }): void
    /**
     * Checks the HS256 token the outside page sent back, in the query or body of `/continue`, and returns its payload.
     * Only in `onContinuePostChallenge`. Throws when it is missing, forged, expired, or of another redirect or user.
     */
    // biome-ignore lint/suspicious/noExplicitAny: the payload is whatever the outside page signed
    validateToken(options: { secret: string; tokenParameterName?: string }): Record<string, any>
  }
  transaction: {
    /** Where the user lands after the reset: an absolute http(s) URL. The last call wins. */
    setResultUrl(url: string, options?: { query?: Record<string, string> }): void
  }
}
