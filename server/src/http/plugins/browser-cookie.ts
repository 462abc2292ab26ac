/**
 * The cookie that ties a reset to the browser it was begun in: a random secret. Only its hash is
 * stored. Same-site `Lax`: it comes along when an outside page links back to `/continue`, but not with a cross-site POST.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Random } from '../../ports.ts'
import type { Tenant } from '../../tenants/tenant.ts'

const cookieName = (tenant: Tenant): string => (tenant.scheme === 'https' ? '__Host-interlock' : 'interlock')

const secretForm = /^[\w-]{43}$/

export const browserSecretOf = (request: FastifyRequest): string | undefined => {
  const secret = request.cookies[cookieName(request.tenant)]
  return secret && secretForm.test(secret) ? secret : undefined
}

export const giveBrowserSecret = (request: FastifyRequest, reply: FastifyReply, random: Random): void => {
  reply.setCookie(cookieName(request.tenant), random.token(32), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: request.tenant.scheme === 'https',
  })
}
