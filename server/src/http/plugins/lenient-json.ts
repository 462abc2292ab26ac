/**
 * JSON bodies as the vendor's clients send them: DELETE and deploy come with nothing at all, or with the text `null`.
 * Bodies that would set a prototype are refused.
 */
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { badRequest } from '../wire-problem.ts'

export const lenientJson = fp(
  async (app: FastifyInstance) => {
    const parse = app.getDefaultJsonParser('error', 'error')
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
      if (body === '') return done(null, undefined)
      void parse(request, body, (error: Error | null, value?: unknown) => {
        if (error) done(badRequest('Invalid request payload JSON format'))
        else done(null, value ?? undefined)
      })
    })
  },
  { name: 'lenient-json' },
)
