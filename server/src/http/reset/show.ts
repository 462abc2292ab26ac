/** Sends a view: a page, or the browser on its way. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RenderPage } from '../../pages/render.ts'
import type { EnrollView } from '../../steps/enroll-view.ts'
import type { View } from '../../steps/view.ts'
import type { WordsOf } from './page-words.ts'

export type Show = (request: FastifyRequest, reply: FastifyReply, view: View | EnrollView) => Promise<FastifyReply>

export const show =
  ({ renderPage, wordsOf }: { renderPage: RenderPage; wordsOf: WordsOf }): Show =>
  async (request, reply, view) => {
    if (view.page === 'redirect') return reply.redirect(view.url, 303)
    const words = await wordsOf(request)
    const { status, html } = renderPage(view, { tenant: request.tenant, csrfToken: reply.generateCsrf(), ...words })
    return reply.code(status).type('text/html; charset=utf-8').send(html)
  }

/** Every form answers with a redirect to the page of the step: reloading it never sends the form again. */
export const stepPath = '/u/reset-password/step'
export const toStep = (reply: FastifyReply): FastifyReply => reply.redirect(stepPath, 303)
