/** The way back from an outside page, by GET or by a form posted from there. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { problem } from '../../errors.ts'
import type { ContinueRedirect, KeepPostedReturn } from '../../steps/continue-redirect.ts'
import { browserSecretOf } from '../plugins/browser-cookie.ts'
import { formOf, queryOf } from './form.ts'
import { requestFacts } from './request-facts.ts'
import { toStep } from './show.ts'

interface Options {
  continueRedirect: ContinueRedirect
  keepPostedReturn: KeepPostedReturn
}

/** The query of the GET that follows a POST: as it came, with the `state` the body may have carried instead. */
const followUp = (request: FastifyRequest, state: string): string => {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '')
  query.set('state', state)
  return `/continue?${query}`
}

export const continueRoutes =
  (options: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    const { continueRedirect, keepPostedReturn } = options

    app.get('/continue', async (request, reply) => {
      const state = queryOf(request, 'state')
      if (!state) throw problem('ERR_STATE_UNKNOWN')
      await continueRedirect({
        tenant: request.tenant,
        browserSecret: browserSecretOf(request),
        state,
        facts: requestFacts(request),
      })
      return toStep(reply)
    })

    app.post('/continue', async (request, reply) => {
      const body = formOf(request)
      const state = body.state ?? queryOf(request, 'state')
      if (!state) throw problem('ERR_STATE_UNKNOWN')
      await keepPostedReturn({ tenant: request.tenant, state, body })
      return reply.redirect(followUp(request, state), 303)
    })
  }
