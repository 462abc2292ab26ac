/** The browser's half of an enrolment: sealed, sent to the enrolment pages only, gone with the browser's window. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Vault } from '../../crypto/vault.ts'
import { type EnrollSession, enrollSession } from '../../steps/enroll-session.ts'
import type { Tenant } from '../../tenants/tenant.ts'

export interface SessionCookie {
  /** `undefined` when there is none, or one that we did not write for this tenant. */
  read(request: FastifyRequest): EnrollSession | undefined
  write(request: FastifyRequest, reply: FastifyReply, session: EnrollSession): void
  clear(request: FastifyRequest, reply: FastifyReply): void
}

const cookieName = (tenant: Tenant): string =>
  tenant.scheme === 'https' ? '__Secure-interlock_enroll' : 'interlock_enroll'

const placeOf = (tenant: Tenant) => ({ tenant: tenant.name, table: 'enrolment cookie', id: tenant.domain })

const optionsFor = (tenant: Tenant) =>
  ({ path: '/u/enroll', httpOnly: true, sameSite: 'lax', secure: tenant.scheme === 'https' }) as const

export const sessionCookie = (vault: Vault): SessionCookie => ({
  read: (request) => {
    const sealed = request.cookies[cookieName(request.tenant)]
    if (!sealed) return undefined
    try {
      return enrollSession.parse(JSON.parse(vault.open(sealed, placeOf(request.tenant))))
    } catch {
      // Written by somebody else, or with a key that is gone: as good as none.
      return undefined
    }
  },
  write: (request, reply, session) => {
    const sealed = vault.seal(JSON.stringify(session), placeOf(request.tenant))
    reply.setCookie(cookieName(request.tenant), sealed, optionsFor(request.tenant))
  },
  clear: (request, reply) => {
    reply.clearCookie(cookieName(request.tenant), optionsFor(request.tenant))
  },
})
