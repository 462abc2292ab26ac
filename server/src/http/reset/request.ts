/** Asking for a reset link: the page, and its form. */
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { resetOriginOf } from '../../branding/reset-origin.ts'
import { Problem, problem } from '../../errors.ts'
import { requestPath } from '../../pages/request-path.ts'
import type { RequestReset } from '../../steps/request-reset.ts'
import { formOf, queryOf } from './form.ts'
import { rememberUiLocales, uiLocalesOf } from './page-words.ts'
import { requestFacts } from './request-facts.ts'
import type { Show } from './show.ts'

interface Options {
  requestReset: RequestReset
  show: Show
}

const emailForm = z.email().max(320)

/** What the link is asked for, by the names of the query and of the form. */
const contextOf = (read: (name: string) => string | undefined) => {
  const [connection, clientId, organizationId] = ['connection', 'client_id', 'organization'].map(read)
  return {
    ...(connection ? { connection } : {}),
    ...(clientId ? { clientId } : {}),
    ...(organizationId ? { organizationId } : {}),
  }
}

export const requestRoutes =
  ({ requestReset, show }: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get(requestPath, async (request, reply) => {
      rememberUiLocales(request, reply, uiLocalesOf(request))
      const context = contextOf((name) => queryOf(request, name))
      const origin = resetOriginOf({ ...context, uiLocales: [] })
      return show(request, reply, { view: { page: 'request', ...context }, origin })
    })

    app.post(requestPath, { preHandler: app.requireSameSite }, async (request, reply) => {
      const form = formOf(request)
      const context = contextOf((name) => form[name])
      const { email = '' } = form
      const address = emailForm.safeParse(email.trim())
      const origin = resetOriginOf({ ...context, uiLocales: [] })
      if (!address.success) {
        return show(request, reply, { view: { page: 'request', ...context, error: 'invalid-email' }, origin })
      }
      try {
        const uiLocales = uiLocalesOf(request)
        const from = requestFacts(request)
        await requestReset({ tenant: request.tenant, identifier: address.data, ...context, uiLocales, from })
      } catch (error) {
        if (!(error instanceof Problem)) throw problem('ERR_INTERNAL', error)
        if (error.code !== 'ERR_TOO_MANY_REQUESTS') throw error
        return show(request, reply, { view: { page: 'request', ...context, error: 'too-many-requests' }, origin })
      }
      return show(request, reply, { view: { page: 'check-email', email: address.data }, origin })
    })
  }
