import { Problem } from '../../errors.ts'

/** A refusal of the token endpoint (RFC 6749, 5.2), with the vendor's status codes. */
export class OAuthProblem extends Error {
  readonly statusCode: number
  readonly code: string
  readonly description: string

  constructor(statusCode: number, code: string, description: string) {
    super(description)
    this.name = 'OAuthProblem'
    this.statusCode = statusCode
    this.code = code
    this.description = description
  }

  /** Whatever else went wrong, in the same form. */
  static from(error: unknown): OAuthProblem {
    if (error instanceof OAuthProblem) return error
    if (error instanceof Problem && error.code === 'ERR_TENANT_UNKNOWN') {
      return new OAuthProblem(404, 'invalid_request', 'No tenant has this domain.')
    }
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    return status >= 400 && status < 500
      ? new OAuthProblem(status, 'invalid_request', error instanceof Error ? error.message : 'Bad request.')
      : new OAuthProblem(500, 'server_error', 'An internal error occurred.')
  }
}
