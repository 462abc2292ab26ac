/**
 * Faults as one table: code, HTTP status, and the text a user or client may see. Whatever is not in the table is a bug of
 * ours and becomes `ERR_INTERNAL` with a correlation id. Details stay in the log; tickets, codes and secrets never enter one.
 */
export const problems = {
  ERR_LINK_UNUSABLE: { status: 410, text: 'link-unusable' },
  ERR_ENROLLMENT_LINK_UNUSABLE: { status: 410, text: 'enrollment-link-unusable' },
  ERR_COOKIE_MISSING: { status: 400, text: 'cookie-missing' },
  ERR_TRANSACTION_UNKNOWN: { status: 400, text: 'no-open-reset' },
  ERR_TRANSACTION_EXPIRED: { status: 410, text: 'reset-expired' },
  ERR_STATE_UNKNOWN: { status: 400, text: 'invalid-request' },
  ERR_STEP_NOT_OPEN: { status: 409, text: 'step-not-open' },
  ERR_CROSS_SITE: { status: 403, text: 'cross-site' },
  ERR_CONNECTION_UNSUPPORTED: { status: 400, text: 'connection-unsupported' },
  ERR_CONNECTION_UNKNOWN: { status: 400, text: 'connection-unknown' },
  ERR_TENANT_UNKNOWN: { status: 404, text: 'tenant-unknown' },
  ERR_PAGE_UNKNOWN: { status: 404, text: 'page-unknown' },
  ERR_TOO_MANY_REQUESTS: { status: 429, text: 'too-many-requests' },
  ERR_REQUEST_INVALID: { status: 400, text: 'invalid-request' },
  ERR_INTERNAL: { status: 500, text: 'internal' },
} as const satisfies Record<string, { status: number; text: string }>

export type ProblemCode = keyof typeof problems

export class Problem extends Error {
  readonly code: ProblemCode
  /** When asking again is worth it, of what was asked too often. */
  readonly retryAfterMs: number | undefined
  constructor(code: ProblemCode, { retryAfterMs, ...options }: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(code, options)
    this.name = 'Problem'
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

export const problem = (code: ProblemCode, cause?: unknown): Problem =>
  new Problem(code, cause === undefined ? undefined : { cause })

export const tooManyRequests = (retryAfterMs: number): Problem => new Problem('ERR_TOO_MANY_REQUESTS', { retryAfterMs })
