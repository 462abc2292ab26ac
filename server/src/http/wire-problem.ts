/** A refusal that the JSON APIs show to their caller as it is: `{ statusCode, error, message, errorCode? }`. */
export class WireProblem extends Error {
  readonly statusCode: number
  readonly errorCode: string | undefined

  constructor(statusCode: number, message: string, errorCode?: string) {
    super(message)
    this.name = 'WireProblem'
    this.statusCode = statusCode
    this.errorCode = errorCode
  }
}

export const badRequest = (message: string, errorCode?: string): WireProblem => new WireProblem(400, message, errorCode)
export const notFound = (message: string, errorCode?: string): WireProblem => new WireProblem(404, message, errorCode)
export const conflict = (message: string, errorCode?: string): WireProblem => new WireProblem(409, message, errorCode)

/** A body that has the right form and still cannot be accepted. `path` names the property. */
export const invalidBody = (why: string, path?: string): WireProblem =>
  badRequest(`Payload validation error: '${why}'${path === undefined ? '' : ` on property ${path}`}.`, 'invalid_body')
