/** Fields of a submitted form as text; whatever is not text, or longer than a form of ours can be, is refused. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { problem } from '../../errors.ts'

const fields = z.record(z.string().max(200), z.string().max(32_768))

export const formOf = (request: FastifyRequest): Record<string, string> => {
  const parsed = fields.safeParse(request.body ?? {})
  if (!parsed.success) throw problem('ERR_REQUEST_INVALID')
  const { _csrf, ...own } = parsed.data
  return own
}

/** One parameter of the query; a repeated one counts as absent. */
export const queryOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = (request.query as Record<string, unknown>)[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
