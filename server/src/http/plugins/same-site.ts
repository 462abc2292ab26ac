/**
 * Forms are accepted from our own pages only: the browser must not say that the request came from elsewhere, and the form
 * must carry the token that belongs to the browser's cookie.
 */
import csrfProtection from '@fastify/csrf-protection'
import type { FastifyInstance, FastifyRequest, preHandlerHookHandler } from 'fastify'
import fp from 'fastify-plugin'
import { problem } from '../../errors.ts'

const ownSites = new Set(['same-origin', 'none'])

const requireOwnSite = async (request: FastifyRequest): Promise<void> => {
  const site = request.headers['sec-fetch-site']
  if (typeof site === 'string' && !ownSites.has(site)) throw problem('ERR_CROSS_SITE')
}

export const sameSite = fp(
  async (app: FastifyInstance) => {
    await app.register(csrfProtection, {
      cookieKey: 'interlock_csrf',
      cookieOpts: { path: '/', httpOnly: true, sameSite: 'strict', secure: 'auto' },
    })
    app.decorate('requireSameSite', [requireOwnSite, app.csrfProtection as preHandlerHookHandler])
  },
  { name: 'same-site', dependencies: ['@fastify/cookie'] },
)

declare module 'fastify' {
  interface FastifyInstance {
    /** The preHandlers of every form of the hosted pages. */
    requireSameSite: preHandlerHookHandler[]
  }
}
