/** The one exit for errors of the JSON APIs. What is not meant for the caller becomes a bland text and an id for the log. */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Problem, problems } from '../../errors.ts'
import { PageTooLarge } from '../../page.ts'
import { WireProblem } from '../wire-problem.ts'

interface WireError {
  statusCode: number
  message: string
  errorCode?: string
}

/** Fastify's own refusals, such as a body that is too large, in the words it has for them. */
const isRefusal = (error: unknown): error is FastifyError & { statusCode: number } =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode >= 400 &&
  error.statusCode < 500

const problemTexts: Partial<Record<Problem['code'], string>> = {
  ERR_TENANT_UNKNOWN: 'No tenant has this domain.',
}

const pageTooLarge = ({ mostBytes }: PageTooLarge): string =>
  `The records of this page take more than ${mostBytes} bytes together: ask for fewer with per_page or take.`

const toWireError = (error: unknown, request: FastifyRequest): WireError => {
  if (error instanceof WireProblem) {
    const { statusCode, message, errorCode } = error
    // No fault of the caller: what it is not told is for the operator.
    if (statusCode >= 500) request.log.warn({ err: error }, 'request could not be served')
    return { statusCode, message, ...(errorCode !== undefined && { errorCode }) }
  }
  if (error instanceof Problem && error.code !== 'ERR_INTERNAL') {
    const { status, text } = problems[error.code]
    return { statusCode: status, message: problemTexts[error.code] ?? text }
  }
  if (error instanceof PageTooLarge)
    return { statusCode: 400, message: pageTooLarge(error), errorCode: 'page_too_large' }
  if (isRefusal(error)) return { statusCode: error.statusCode, message: error.message }
  request.log.error({ err: error }, 'request failed')
  return { statusCode: 500, message: `An internal error occurred; it is logged as ${request.id}.` }
}

const send = (reply: FastifyReply, { statusCode, message, errorCode }: WireError) =>
  reply
    .code(statusCode)
    .type('application/json; charset=utf-8')
    .send({ statusCode, error: STATUS_CODES[statusCode], message, ...(errorCode !== undefined && { errorCode }) })

export const wireErrors = fp(
  async (app: FastifyInstance) => {
    app.setErrorHandler((error, request, reply) => send(reply, toWireError(error, request)))
    app.setNotFoundHandler((_request, reply) => send(reply, { statusCode: 404, message: 'Not Found' }))
  },
  { name: 'wire-errors' },
)
