/** The one exit of the hosted pages for anything that went wrong. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problem, problems } from '../errors.ts'
import type { RenderProblem } from '../pages/render.ts'
import type { PageWords, WordsOf } from './reset/page-words.ts'
import { stepPath } from './reset/show.ts'

const toProblem = (error: FastifyError | Problem): Problem => {
  if (error instanceof Problem) return error
  if (error.code?.startsWith('FST_CSRF_')) return problem('ERR_CROSS_SITE', error)
  const isRefusal = error.statusCode !== undefined && error.statusCode < 500
  return problem(isRefusal ? 'ERR_REQUEST_INVALID' : 'ERR_INTERNAL', error)
}

interface Options {
  renderProblem: RenderProblem
  wordsOf: WordsOf
}

/** A store that is out of reach must not keep the page from saying so. */
const wordsIfAny = (request: FastifyRequest, wordsOf: WordsOf): Promise<PageWords> =>
  wordsOf(request).catch(() => ({ locale: 'en', customTexts: {} }))

export const problemPage =
  ({ renderProblem, wordsOf }: Options) =>
  async (error: FastifyError | Problem, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { code, cause } = toProblem(error)
    const { status, text } = problems[code]
    if (status >= 500) request.log.error({ code, error: cause ?? error }, 'a page failed')
    // A form of an earlier step, sent twice or from another tab: the browser is shown where it really is.
    if (code === 'ERR_STEP_NOT_OPEN' && request.method === 'POST') return reply.redirect(stepPath, 303)
    const words = await wordsIfAny(request, wordsOf)
    const html = renderProblem(text, { tenant: request.tenant, correlationId: request.id, ...words })
    return reply.code(status).type('text/html; charset=utf-8').send(html)
  }
