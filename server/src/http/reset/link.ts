/** The mailed link. GET and HEAD spend nothing, as mail scanners follow links; the page's button does. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../errors.ts'
import type { Random } from '../../ports.ts'
import type { OpenLink } from '../../steps/open-link.ts'
import type { RedeemTicket } from '../../steps/redeem-ticket.ts'
import { browserSecretOf, giveBrowserSecret } from '../plugins/browser-cookie.ts'
import { formOf, queryOf } from './form.ts'
import { rememberUiLocales } from './page-words.ts'
import { ownFormFacts } from './request-facts.ts'
import { type Show, toStep } from './show.ts'

interface Options {
  openLink: OpenLink
  redeemTicket: RedeemTicket
  random: Random
  show: Show
}

export const linkRoutes =
  ({ openLink, redeemTicket, random, show }: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/u/reset-password', async (request, reply) => {
      const secret = queryOf(request, 'ticket')
      if (!secret) throw problem('ERR_LINK_UNUSABLE')
      const link = await openLink({ tenant: request.tenant, secret, browserSecret: browserSecretOf(request) })
      if (link.browser === 'fresh') giveBrowserSecret(request, reply, random)
      rememberUiLocales(request, reply, link.uiLocales)
      return show(request, reply, link)
    })

    app.post('/u/reset-password', { preHandler: app.requireSameSite }, async (request, reply) => {
      const { ticket = '' } = formOf(request)
      const redeemed = await redeemTicket({
        tenant: request.tenant,
        secret: ticket,
        browserSecret: browserSecretOf(request),
        facts: ownFormFacts(request),
      })
      if (redeemed === 'begun') return toStep(reply)
      return reply.redirect(`/u/reset-password?${new URLSearchParams({ ticket })}`, 303)
    })
  }
