/**
 * The enrolment pages. GET and HEAD of the mailed link spend nothing; its button ties the link to this browser. Every form
 * answers with a redirect, so reloading a page never sends a form again.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Vault } from '../../crypto/vault.ts'
import { problem } from '../../errors.ts'
import type { EnrollBegin } from '../../steps/enroll-begin.ts'
import type { EnrollConfirm } from '../../steps/enroll-confirm.ts'
import type { EnrollOpen } from '../../steps/enroll-open.ts'
import type { EnrollRedeem } from '../../steps/enroll-redeem.ts'
import type { EnrollSession } from '../../steps/enroll-session.ts'
import type { EnrollShow } from '../../steps/enroll-show.ts'
import { hashTicket } from '../../tickets/ticket.ts'
import { formOf, queryOf } from '../reset/form.ts'
import type { Show } from '../reset/show.ts'
import { type SessionCookie, sessionCookie } from './session-cookie.ts'

interface Options {
  enrollOpen: EnrollOpen
  enrollRedeem: EnrollRedeem
  enrollShow: EnrollShow
  enrollBegin: EnrollBegin
  enrollConfirm: EnrollConfirm
  vault: Vault
  show: Show
}

const choicePath = '/u/enroll/factors'
const confirmPath = '/u/enroll/confirm'

const requireSession = (cookie: SessionCookie, request: FastifyRequest): EnrollSession => {
  const session = cookie.read(request)
  if (!session) throw problem('ERR_ENROLLMENT_LINK_UNUSABLE')
  return session
}

const linkRoutes =
  ({ enrollOpen, enrollRedeem, show }: Options, cookie: SessionCookie) =>
  async (app: FastifyInstance): Promise<void> => {
    app.get('/u/enroll', async (request, reply) => {
      const secret = queryOf(request, 'ticket')
      if (!secret) throw problem('ERR_ENROLLMENT_LINK_UNUSABLE')
      if (cookie.read(request)?.ticketHash === hashTicket(secret)) return reply.redirect(choicePath, 303)
      return show(request, reply, { view: await enrollOpen({ tenant: request.tenant, secret }) })
    })

    app.post('/u/enroll', { preHandler: app.requireSameSite }, async (request, reply) => {
      const { ticket: secret = '' } = formOf(request)
      const session = await enrollRedeem({ tenant: request.tenant, secret, session: cookie.read(request) })
      cookie.write(request, reply, session)
      return reply.redirect(choicePath, 303)
    })
  }

const showRoutes =
  ({ enrollShow, show }: Options, cookie: SessionCookie) =>
  async (app: FastifyInstance): Promise<void> => {
    for (const [path, page] of [
      [choicePath, 'choose'],
      [confirmPath, 'confirm'],
    ] as const) {
      app.get(path, async (request, reply) => {
        const session = requireSession(cookie, request)
        return show(request, reply, { view: await enrollShow({ tenant: request.tenant, session, page }) })
      })
    }
  }

const formRoutes =
  ({ enrollBegin, enrollConfirm, show }: Options, cookie: SessionCookie) =>
  async (app: FastifyInstance): Promise<void> => {
    const form = { preHandler: app.requireSameSite }

    app.post('/u/enroll/begin', form, async (request, reply) => {
      const session = requireSession(cookie, request)
      const { type } = formOf(request)
      cookie.write(request, reply, await enrollBegin({ tenant: request.tenant, session, type }))
      return reply.redirect(confirmPath, 303)
    })

    app.post(confirmPath, form, async (request, reply) => {
      const session = requireSession(cookie, request)
      const confirmed = await enrollConfirm({ tenant: request.tenant, session, answer: formOf(request) })
      if (confirmed.result === 'wrong') return show(request, reply, confirmed)
      if (confirmed.result === 'added') cookie.write(request, reply, confirmed.session)
      return reply.redirect(choicePath, 303)
    })

    app.post('/u/enroll/done', form, async (request, reply) => {
      cookie.clear(request, reply)
      return show(request, reply, { view: { page: 'enroll-done' } })
    })
  }

export const enrollRoutes =
  (options: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    const cookie = sessionCookie(options.vault)
    await app.register(linkRoutes(options, cookie))
    await app.register(showRoutes(options, cookie))
    await app.register(formRoutes(options, cookie))
  }
