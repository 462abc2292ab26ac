/** The HTTP request as actions may see it. */
import type { FastifyRequest } from 'fastify'
import type { RequestFacts } from '../../steps/request-facts.ts'
import { parseAcceptLanguage } from '../../tenants/locales.ts'

const plainObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

const without = (fields: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))

const preferredLanguage = (header: string | undefined): string | undefined =>
  header?.split(',')[0]?.split(';')[0]?.trim()

const factsWithout = (names: readonly string[], request: FastifyRequest): RequestFacts => {
  const language = preferredLanguage(request.headers['accept-language'])
  const userAgent = request.headers['user-agent']
  return {
    ip: request.ip,
    method: request.method,
    hostname: request.hostname,
    ...(language ? { language } : {}),
    languages: parseAcceptLanguage(request.headers['accept-language']),
    ...(userAgent ? { userAgent } : {}),
    query: without(plainObject(request.query), names),
    body: without(plainObject(request.body), names),
  }
}

/** Of a form of ours: the secrets that travel in it are left out. */
export const ownFormFacts = (request: FastifyRequest): RequestFacts =>
  factsWithout(['ticket', '_csrf', 'code', 'response', 'password', 'confirmation'], request)

/** Of what an author or an outside page has named: a `code` or a `ticket` in it is theirs. */
export const requestFacts = (request: FastifyRequest): RequestFacts => factsWithout(['_csrf'], request)
